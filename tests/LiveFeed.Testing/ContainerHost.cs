using System.Globalization;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace LiveFeed.Testing;

/// <summary>A server as a container, where its program isn't installed but a Docker engine answers.</summary>
internal sealed class ContainerHost : ServerHost
{
    private readonly IContainer container;

    private ContainerHost(IContainer container) => this.container = container;

    /// <inheritdoc/>
    public override bool Failed => false;

    /// <summary>Makes a container that isn't started yet.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="port">The port on this machine.</param>
    /// <param name="inside">The port in the container.</param>
    /// <param name="package">What to install instead, should there be no Docker either.</param>
    /// <param name="command">The command; empty for the image's own.</param>
    /// <param name="environment">The environment's additions.</param>
    /// <exception cref="InvalidOperationException">There is no Docker engine; the message says what to install.</exception>
    public static ContainerHost Make(
        string image, int port, int inside, string package, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            var builder = new ContainerBuilder(image)
                .WithPortBinding(port, inside)
                .WithEnvironment(environment)
                // An init process, so that the server isn't process 1 and can be killed from inside.
                .WithCreateParameterModifier(parameters => parameters.HostConfig!.Init = true);
            return new ContainerHost((command.Count == 0 ? builder : builder.WithCommand([.. command])).Build());
        }
        catch (DockerUnavailableException failure)
        {
            throw new NotSupportedException(
                $"These tests need a real {package}, and neither its program nor a Docker engine was found. Install it "
                + $"(apt-get install {package}) or start Docker.", failure);
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync() => container.StartAsync();

    /// <inheritdoc/>
    public override async Task KillAsync()
    {
        await container.ExecAsync(["sh", "-c", "kill -9 -1"]);
        await container.StopAsync();
    }

    /// <inheritdoc/>
    public override Task StopAsync() => container.StopAsync();

    /// <inheritdoc/>
    public override async Task<string> LogAsync()
    {
        var (output, errors) = await container.GetLogsAsync();
        return output + errors;
    }

    /// <inheritdoc/>
    public override async Task<string> RunAsync(params string[] command)
    {
        var result = await container.ExecAsync(command);
        return result.ExitCode == 0
            ? result.Stdout
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{string.Join(' ', command)} failed ({result.ExitCode}).\n{result.Stdout}{result.Stderr}"));
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => container.DisposeAsync();
}
