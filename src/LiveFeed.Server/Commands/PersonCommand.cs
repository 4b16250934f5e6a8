using System.CommandLine;
using System.Globalization;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary><c>person invite|list|remove</c>: the newsroom's people, in the archive itself.</summary>
internal static class PersonCommand
{
    public static Command Create() => new("person", "Invites, lists and removes people of the newsroom, in the archive itself.") { Invite(), List(), Remove() };

    private static Command Invite()
    {
        var name = new Argument<string>("name") { Description = "Their name; kept with every revision that they write." };
        var email = new Option<string?>("--email") { Description = "Their e-mail address, to sign in with as well." };
        var role = new Option<DeskRole>("--role")
        {
            Description = "reporter (drafts), editor (publishes), admin (feeds, keys and people as well); editor unless given.",
            DefaultValueFactory = _ => DeskRole.Editor,
        };
        role.AcceptOnlyFromAmong("reporter", "editor", "admin");
        var command = new Command("invite", "Prints a link by which somebody chooses a password and comes in, once, within seven days. Somebody who is there already gets a way back in.") { name, email, role };
        var server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = new NewPerson { Name = parsed.GetRequiredValue(name), Email = parsed.GetValue(email), Role = parsed.GetValue(role) };
            if (wanted.Check() is { } broken)
            {
                throw new WrongUsageException(broken.Rule);
            }

            var secret = await OwnSettings.ChangeDeskAsync(
                    (Staff staff) => staff.InviteOrInviteAgainAsync(wanted, cancellation), link => link is null ? null : ("invitePerson", "/api/people", wanted.Name!), cancellation)
                ?? throw new CommandFailedException("The name or the e-mail address is another's. 'livefeed person list' shows all.");
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"For {Terminal.Line(wanted.Name)}; it is not shown again:");
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{server.Server(parsed)}{Invitations.Path.TrimStart('/')}{secret}");
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the people.");
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var person in await OwnSettings.WithDeskAsync((People people) => people.ListAsync(cancellation), cancellation))
            {
                var seen = person.SignedInAt is { } at ? $"signed in {at.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}" : "never signed in";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{person.Role.ToString().ToLowerInvariant()}  {person.State.ToString().ToLowerInvariant()}  {seen}  {Terminal.Line(person.Name)}{(person.Email is null ? "" : $"  {Terminal.Line(person.Email)}")}");
            }

            return 0;
        });
        return command;
    }

    private static Command Remove()
    {
        var who = new Argument<string>("who") { Description = "Their name or e-mail address." };
        var command = new Command("remove", "Removes somebody's account, and signs them out everywhere. What they wrote stays.") { who };
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(who);
            if (!await OwnSettings.ChangeDeskAsync(
                (Staff staff) => staff.RemoveByNameAsync(name, cancellation), done => done ? ("removePerson", "/api/people", name) : null, cancellation))
            {
                throw new CommandFailedException($"There is nobody called '{Terminal.Line(name)}'. 'livefeed person list' shows all.");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{Terminal.Line(name)} is removed.");
            return 0;
        });
        return command;
    }
}
