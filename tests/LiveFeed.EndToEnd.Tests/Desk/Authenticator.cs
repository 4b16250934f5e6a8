using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>
/// What makes and shows one passkey (WebAuthn level 3), in software: an ES256 key, no attestation. It does what it is told, so that
/// tests can have it lie.
/// </summary>
public sealed class Authenticator : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte WithKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);

    /// <summary>How often it was used; it tells the next number.</summary>
    public uint Count { get; set; }

    /// <summary>Whether it asked its owner for a finger, a face or a PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whose it is, as the desk told it when it was made (base64url).</summary>
    public string Owner { get; set; } = "";

    /// <summary>Another with the same key, as who copied it has.</summary>
    public Authenticator Copy()
    {
        var copy = new Authenticator { Count = Count, Owner = Owner };
        copy.key.ImportParameters(key.ExportParameters(includePrivateParameters: true));
        id.CopyTo(copy.id, 0);
        return copy;
    }

    /// <summary>Makes its passkey as the desk asked for it.</summary>
    /// <param name="options">What the desk answered.</param>
    /// <param name="origin">Where the page came from, as the browser says.</param>
    public string Make(JsonElement options, string origin)
    {
        Owner = options.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        // COSE (RFC 9053): an elliptic curve key for ES256 on P-256.
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, WithKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", options, origin)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Shows its passkey.</summary>
    /// <param name="options">What the desk answered.</param>
    /// <param name="origin">Where the page came from, as the browser says.</param>
    /// <param name="host">The host that it is shown for; the one that was asked for unless said.</param>
    public string Show(JsonElement options, string origin, string? host = null)
    {
        var data = AuthenticatorData(host ?? options.GetProperty("rpId").GetString()!, 0);
        var client = ClientData("webauthn.get", options, origin);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = Owner,
        });
    }

    public void Dispose() => key.Dispose();

    private byte[] AuthenticatorData(string host, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. count];
    }

    private static byte[] ClientData(string type, JsonElement options, string origin) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(id),
        ["rawId"] = Base64Url.EncodeToString(id),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();

    // CBOR (RFC 8949): a text of less than 24 bytes.
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];
}
