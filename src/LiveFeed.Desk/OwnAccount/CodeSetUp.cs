using QRCoder;

namespace LiveFeed.Desk;

/// <summary>What an app needs to make codes.</summary>
/// <param name="Step">The secret that names what was begun.</param>
/// <param name="Key">What codes are made of.</param>
/// <param name="Name">Whose account it is, as the app will show it.</param>
public sealed record CodeSetUp(string Step, string Key, string Name)
{
    /// <summary>The key in groups of four, for those who type it.</summary>
    public string Typed => string.Join(' ', Key.Chunk(4).Select(group => new string(group)));

    /// <summary>The address that apps take (Key Uri Format).</summary>
    public string Address => $"otpauth://totp/LiveFeed:{Uri.EscapeDataString(Name)}?secret={Key}&issuer=LiveFeed";

    /// <summary>The address as a picture for a telephone's camera: an SVG, black on white in every colour scheme.</summary>
    public string Picture()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(5);
    }
}
