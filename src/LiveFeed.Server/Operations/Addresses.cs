using LiveFeed.Desk;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LiveFeed.Server.Operations;

/// <summary>Prints where readers and staff find the server, once it serves.</summary>
internal sealed class Addresses(
    Settings settings, IServer server, IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.ApplicationStarted.WaitAsync(stoppingToken);
            await PrintAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It never came to serve.
        }
    }

    private async Task PrintAsync(CancellationToken cancellation)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return;
        }

        // "Any address" is nothing that a browser could open.
        var host = address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal).TrimEnd('/');
        if (settings.Roles.Ticker)
        {
            Console.WriteLine($"Readers: {host}/");
        }

        if (settings.Roles.Desk)
        {
            var link = await services.GetRequiredService<SignInLinks>().CreateAsync(cancellation);
            Console.WriteLine($"Desk:    {host}/desk/sign-in?link={link}   (works once)");
        }
    }
}
