using System.CommandLine;
using System.Globalization;
using LiveFeed.Contracts;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary><c>key create|list|revoke</c>: the API keys, in the archive itself.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Makes, lists and revokes API keys, in the archive itself.") { CreateKey(), List(), Revoke() };

    private static Command CreateKey()
    {
        var name = new Argument<string>("name") { Description = "Whose it is; kept with every revision." };
        var role = new Option<DeskRole>("--role")
        {
            Description = "reporter (drafts), editor (publishes), admin (feeds and keys as well); editor unless given.",
            DefaultValueFactory = _ => DeskRole.Editor,
        };
        var feeds = new Option<string[]>("--feed") { Description = "A feed that it may write to; may be given again. All feeds unless given." };
        role.AcceptOnlyFromAmong("reporter", "editor", "admin");
        name.Validators.Add(result => Refuse(result.AddError, NewKey.CheckName(result.GetValueOrDefault<string>())));
        feeds.Validators.Add(result =>
        {
            foreach (var feed in result.GetValueOrDefault<string[]>() ?? [])
            {
                Refuse(result.AddError, EntryRules.CheckSlug("feed", feed));
            }
        });
        var command = new Command("create", "Makes a key and prints it, once.") { name, role, feeds };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (key, secret) = await OwnSettings.ChangeDeskAsync(
                (KeyRing keys) => keys.CreateAsync(parsed.GetRequiredValue(name), parsed.GetValue(role), parsed.GetValue(feeds) ?? [], cancellation),
                made => ("createKey", $"/api/keys/{made.Key.Id}", made.Key.Name), cancellation);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"Key {key.Id} for {Terminal.Line(key.Name)}. It is not shown again:");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(secret);
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the keys, without their secrets.");
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var key in await OwnSettings.WithDeskAsync((KeyRing keys) => keys.ListAsync(cancellation), cancellation))
            {
                var feeds = key.Feeds.Count == 0 ? "all feeds" : string.Join(',', key.Feeds);
                var state = key.RevokedAt is { } revoked ? $"revoked {Minute(revoked)}" : key.LastUsedAt is { } used ? $"last used {Minute(used)}" : "never used";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{key.Id}  {key.Role.ToString().ToLowerInvariant()}  {feeds}  {state}  {Terminal.Line(key.Name)}");
            }

            return 0;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The key's id, as listed." };
        var command = new Command("revoke", "Ends a key, at once.") { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            var key = parsed.GetRequiredValue(id);
            if (!await OwnSettings.ChangeDeskAsync(
                (KeyRing keys) => keys.RevokeAsync(key, cancellation), done => done ? ("revokeKey", $"/api/keys/{key}", key) : null, cancellation))
            {
                throw new CommandFailedException($"There is no key '{Terminal.Line(key)}' that could be revoked. 'livefeed key list' shows all.");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{key} is revoked.");
            return 0;
        });
        return command;
    }

    private static void Refuse(Action<string> refuse, BrokenRule? broken)
    {
        if (broken is not null)
        {
            refuse(broken.Rule);
        }
    }

    private static string Minute(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
