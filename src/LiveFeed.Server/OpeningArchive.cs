using System.Data.Common;
using LiveFeed.Archive;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Server;

/// <summary>Opens the archive before anything is built on it, so that one that can't be used is told in a sentence and not by whatever needs it first.</summary>
internal static class OpeningArchive
{
    /// <summary>Brings the archive's tables up to date, and reads them.</summary>
    /// <exception cref="SettingException">It can't be used. The message says why, and which setting leads there.</exception>
    public static async Task OpenArchiveAsync(this IServiceProvider services, Settings settings, CancellationToken cancellation = default)
    {
        try
        {
            await Migrations.RunAsync(services.GetRequiredService<ArchiveDatabase>(), cancellation);
            await services.GetRequiredService<FeedReader>().PositionsAsync(cancellation);
        }
        catch (Exception failure) when (IsOfArchive(failure))
        {
            throw Refusal(settings, failure);
        }
    }

    /// <summary>True for a failure of the archive itself, whether or not it will pass.</summary>
    public static bool IsOfArchive(Exception failure) => failure is DbException or UnauthorizedAccessException || ArchiveDatabase.IsPassing(failure);

    /// <summary>The failure in a sentence.</summary>
    public static SettingException Refusal(Settings settings, Exception failure)
    {
        var why = failure.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return settings.Postgres is null
            ? new("LiveFeed:DataDirectory", $"The archive {settings.SqliteFile} can't be used ({why}). If it is damaged, put its backup there, without the -wal and -shm files beside it.")
            : ArchiveDatabase.IsPassing(failure)
                ? new("ConnectionStrings:Archive", $"The archive can't be reached ({why}). Is PostgreSQL running there?")
                : new("ConnectionStrings:Archive", $"The archive can't be used ({why}). The database and its user must be there; the tables are made at the start.");
    }
}
