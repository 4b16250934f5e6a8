using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>Where a node speaks TLS itself, SignalR serves those who open a WebSocket at once; they don't notice.</summary>
public sealed class EncryptionTests(Servers servers)
{
    [Fact]
    public async Task Who_comes_over_TLS_follows_all_the_same_and_nobody_comes_past_it()
    {
        await using var files = await TestDirectory.MakeAsync();
        using var certificate = SelfSigned();
        var file = Path.Combine(files.Next(), "node.pfx");
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "secret"));
        var secure = NodeProcess.FreeAddress("https");
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        await using var node = await NodeProcess.StartAsync(newsroom, new Dictionary<string, string>
        {
            ["LiveFeed:Roles"] = "ticker",
            ["Kestrel:Endpoints:Secure:Url"] = secure.ToString(),
            ["Kestrel:Endpoints:Secure:Certificate:Path"] = file,
            ["Kestrel:Endpoints:Secure:Certificate:Password"] = "secret",
        });
        var seen = new List<Entry>();
        await using var reader = Connect(secure, certificate);
        reader.On<Entry, long>("Updated", (entry, _) =>
        {
            lock (seen)
            {
                seen.Add(entry);
            }
        });
        await reader.StartAsync();
        await reader.InvokeAsync<Followed>("Follow", newsroom.Feed);

        var published = await newsroom.PublishAsync("An item");

        await Eventually.TrueAsync("the item is pushed over TLS", () =>
        {
            lock (seen)
            {
                return seen.Count == 1;
            }
        });
        Assert.Equal((published.Id, published.Seq), (seen[0].Id, seen[0].Seq));

        // The same request in the clear is none on that port.
        using var inTheClear = await Stranger.ConnectAsync(secure);
        await inTheClear.SendAsync(Stranger.Request(Door.Plain));
        inTheClear.Finish();
        Assert.Null(await inTheClear.HearAsync());
        // On the other it is.
        using var plain = await Stranger.GreetAsync(node.Address, Door.Plain);

        await node.AskToEndAsync();
        await node.EndsAsync(TimeSpan.FromSeconds(10));
    }

    private static HubConnection Connect(Uri node, X509Certificate2 expected) => new HubConnectionBuilder()
        .WithUrl(new Uri(node, "/hubs/ticker"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.WebSocketConfiguration = sockets => sockets.RemoteCertificateValidationCallback =
                (_, certificate, _, _) => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == expected.GetCertHashString(HashAlgorithmName.SHA256);
        })
        .AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions))
        .Build();

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
