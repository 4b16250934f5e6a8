using LiveFeed.Archive;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary>For commands that work on the configuration and the archive themselves, whether or not a server runs.</summary>
internal static class OwnSettings
{
    /// <summary>The settings that a server started here would have.</summary>
    /// <exception cref="CommandFailedException">A setting can't be used.</exception>
    public static Settings Read()
    {
        try
        {
            return Settings.From(new ConfigurationBuilder()
                .SetBasePath(Directory.GetCurrentDirectory()).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build());
        }
        catch (SettingException refused)
        {
            throw new CommandFailedException(refused.Message);
        }
    }

    /// <summary>Runs something with what the desk keeps in the archive: its keys, its people.</summary>
    /// <exception cref="CommandFailedException">The archive isn't there, or can't be used.</exception>
    public static Task<T> WithDeskAsync<TService, T>(Func<TService, Task<T>> run, CancellationToken cancellation) where TService : notnull =>
        WithArchiveAsync(services => run(services.GetRequiredService<TService>()), cancellation);

    /// <summary>Changes something of what the desk keeps in the archive, and notes it in the audit log.</summary>
    /// <param name="change">The change.</param>
    /// <param name="done">What it is to be noted as: the action, the object and its name; null when nothing was changed.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="CommandFailedException">The archive isn't there, or can't be used.</exception>
    public static Task<T> ChangeDeskAsync<TService, T>(
        Func<TService, Task<T>> change, Func<T, (string Action, string Object, string Name)?> done, CancellationToken cancellation) where TService : notnull =>
        WithArchiveAsync(
            async services =>
            {
                var result = await change(services.GetRequiredService<TService>());
                if (done(result) is var (action, target, name))
                {
                    await services.GetRequiredService<AuditLog>().NoteCommandAsync(action, target, name, cancellation);
                }

                return result;
            },
            cancellation);

    /// <summary>Runs something with the archive itself.</summary>
    /// <exception cref="CommandFailedException">The archive isn't there, or can't be used.</exception>
    public static async Task<T> WithArchiveAsync<T>(Func<IServiceProvider, Task<T>> run, CancellationToken cancellation)
    {
        var settings = Read();
        if (settings.Postgres is null && !File.Exists(settings.SqliteFile))
        {
            // A new, empty archive in the wrong place would take keys and people that no server knows.
            throw new CommandFailedException(
                $"There is no archive at {settings.SqliteFile}. Run this where the server runs, or set LiveFeed__DataDirectory or ConnectionStrings__Archive as for the server.");
        }

        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddArchive(settings.Postgres, redis: null, settings.SqliteFile)
            .AddDeskKeys()
            .BuildServiceProvider();
        try
        {
            await services.OpenArchiveAsync(settings, cancellation);
            await using var scope = services.CreateAsyncScope();
            return await run(scope.ServiceProvider);
        }
        catch (SettingException refused)
        {
            throw new CommandFailedException(refused.Message);
        }
        catch (Exception failure) when (OpeningArchive.IsOfArchive(failure))
        {
            throw new CommandFailedException(OpeningArchive.Refusal(settings, failure).Message);
        }
    }
}
