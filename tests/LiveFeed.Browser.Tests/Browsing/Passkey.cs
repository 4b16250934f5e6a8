using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>The telephone that makes and keeps a person's passkeys, as Chromium plays it for tests.</summary>
internal static class Passkey
{
    /// <summary>From now on the tab's browser has one, and its owner always says yes.</summary>
    public static async Task HasAuthenticatorAsync(this Tab tab)
    {
        var browser = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });
    }

    /// <summary>Presses a button in a part of the page.</summary>
    public static Task PressAsync(this Tab tab, string button, string within) =>
        tab.Page.Locator(within).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
