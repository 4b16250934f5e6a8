using System.CommandLine;
using System.Text.Json;
using System.Threading.Channels;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFeed.Server.Commands;

/// <summary><c>tail FEED</c>: prints every change of a feed, once and in order, until Ctrl+C; comes back by itself when cut off.</summary>
internal static class TailCommand
{
    public static Command Create()
    {
        var feed = FeedCommand.Slug();
        var json = new Option<bool>("--json") { Description = "Each change as a line of JSON." };
        var from = new Option<string?>("--from") { Description = "Begins after this position (epoch:seq), not with the newest entries.", HelpName = "POSITION" };
        from.Validators.Add(result =>
        {
            if (!Position.TryParse(result.GetValueOrDefault<string?>(), out _))
            {
                result.AddError("A position is written epoch:seq, as the server gave it.");
            }
        });
        var partner = new Option<string?>("--partner") { Description = "The public key of a partner that may use programs, for a feed that is for partners.", HelpName = "KEY" };
        var command = new Command("tail", "Follows a feed, until Ctrl+C.") { feed, json, from, partner };
        var server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = server.Connect(parsed);
            var tail = new FeedTail(
                server.Server(parsed), parsed.GetRequiredValue(feed), parsed.GetValue(partner), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                await tail.RunAsync(client, Position.TryParse(parsed.GetValue(from), out var position) ? position : null, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Asked to end: that is how following ends.
            }

            return 0;
        });
        return command;
    }
}

/// <summary>Follows a feed over the hub.</summary>
internal sealed class FeedTail(Uri server, string feed, string? partner, bool json, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private Position? position;
    private int tries;

    private string Query => partner is null ? "" : $"?key={Uri.EscapeDataString(partner)}";

    /// <summary>Follows until cancelled.</summary>
    /// <exception cref="RefusedException">There is no such feed.</exception>
    public async Task RunAsync(NewsroomClient client, Position? from, CancellationToken cancellation)
    {
        position = from;
        _ = await client.GetAsync<Feed>($"api/feeds/{feed}{Query}", cancellation);
        while (true)
        {
            var why = await FollowOnceAsync(cancellation);
            var pause = Backoff.Next(tries++, TimeSpan.FromSeconds(1), LongestPause);
            await errors.WriteLineAsync($"Cut off ({Terminal.Line(why)}); again in {pause.TotalSeconds:0.0} s.");
            await Task.Delay(pause, cancellation);
        }
    }

    // Follows over one connection, until that ends; why it ended.
    private async Task<string> FollowOnceAsync(CancellationToken cancellation)
    {
        // Handlers only queue; one reader takes the pushes in order, so those that come before Follow's answer wait for it.
        var pushes = Channel.CreateUnbounded<Push>(new UnboundedChannelOptions { SingleReader = true });
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, $"hubs/ticker{Query}"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
        });
        builder.AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions));
        await using var connection = builder.Build();
        connection.On<Entry, long>("Updated", (entry, previous) => pushes.Writer.TryWrite(new(entry, previous, null)));
        connection.On<string, Position>("Position", (_, position) => pushes.Writer.TryWrite(new(null, 0, position)));
        connection.Closed += failure =>
        {
            pushes.Writer.TryComplete(failure);
            return Task.CompletedTask;
        };

        try
        {
            await connection.StartAsync(cancellation);
            await CatchUpAsync(connection, cancellation);
            tries = 0;
            await foreach (var push in pushes.Reader.ReadAllAsync(cancellation))
            {
                await TakeAsync(connection, push, cancellation);
            }

            return "the server closed the connection";
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return failure is HubException ? failure.Message.Split("HubException: ")[^1] : failure.Message;
        }
    }

    private async Task TakeAsync(HubConnection connection, Push push, CancellationToken cancellation)
    {
        var held = position!.Value;
        if (push.Entry is { } entry && entry.Seq > held.Seq && push.Previous <= held.Seq)
        {
            await PrintAsync(entry);
            position = held with { Seq = entry.Seq };
        }
        else if ((push.Entry is not null && push.Previous > held.Seq) || (push.Pulse is { } pulse && (pulse.Epoch != held.Epoch || pulse.Seq > held.Seq)))
        {
            await CatchUpAsync(connection, cancellation);
        }
    }

    private async Task CatchUpAsync(HubConnection connection, CancellationToken cancellation)
    {
        var held = position;
        var answer = await connection.InvokeAsync<Followed>("Follow", feed, held?.ToString(), cancellation);
        if (answer.Reset && held is not null)
        {
            await errors.WriteLineAsync(held.Value.Epoch == answer.Position.Epoch
                ? $"What changed between {held} and the newest entries is too long ago to be sent; it is left out."
                : "The feed's log began anew; these are its newest entries.");
        }

        var sameLog = held?.Epoch == answer.Position.Epoch;
        foreach (var entry in answer.Entries.OrderBy(entry => entry.Seq).Where(entry => !sameLog || entry.Seq > held!.Value.Seq))
        {
            await PrintAsync(entry);
        }

        position = answer.Position;
    }

    private Task PrintAsync(Entry entry) => output.WriteLineAsync(json ? JsonSerializer.Serialize(entry, Wire.Json) : Terminal.Line(entry));

    private sealed record Push(Entry? Entry, long Previous, Position? Pulse);
}
