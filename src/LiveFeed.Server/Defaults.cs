using Microsoft.Extensions.Configuration.Memory;

namespace LiveFeed.Server;

/// <summary>What holds unless the configuration says otherwise.</summary>
internal static class Defaults
{
    public static void AddDefaults(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["urls"] = "http://localhost:5080",
                ["AllowedHosts"] = "*",
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft"] = "Warning",
                // It warns that its keys lie unencrypted in the archive, as all else does.
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
                // What strangers bring as the identity provider's answer is refused, counted and told as every other sign-in; it calls that errors.
                ["Logging:LogLevel:Microsoft.AspNetCore.Authentication"] = "None",
                // Whoever asks for the health gets the answer; the log is not asked.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
                ["Logging:LogLevel:MassTransit"] = "Warning",
            },
        });
}
