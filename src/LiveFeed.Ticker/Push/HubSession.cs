using System.Buffers;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Push;

/// <summary>What a reader says on its WebSocket: the handshake of SignalR's hub protocol, then calls, one after the other.</summary>
internal sealed class HubSession(
    Line line, PushReader reader, FollowCall follow, SeenCall seen, Site site, IReadOnlyList<SpokenProtocol> protocols, ILogger log)
{
    private readonly MessageReader messages = new();
    private readonly CallAllowance allowance = new();
    private SpokenProtocol? protocol;

    /// <summary>Where the reader's ticker stands.</summary>
    public Site Site => site;

    /// <summary>Listens until the reader has gone or was sent away. It throws nothing.</summary>
    public async Task RunAsync()
    {
        try
        {
            for (var rest = Array.Empty<byte>(); reader.End is null;)
            {
                var come = await line.ReadAsync();
                var input = new ReadOnlySequence<byte>(rest.Length == 0 ? come : [.. rest, .. come]);
                while (reader.End is null && messages.TryRead(ref input, out var code, out var message))
                {
                    reader.Heard();
                    await reader.AnsweredAsync();
                    await TakeAsync(code, message);
                }

                rest = input.ToArray();
                if (line.IsOver)
                {
                    reader.Close(CloseReason.Gone);
                }
            }
        }
        catch (BadFrameException bad)
        {
            End(bad.Reason);
        }
        catch (InvalidDataException)
        {
            End(CloseReason.Malformed);
        }
        catch (OperationCanceledException) when (line.Gone.IsCancellationRequested)
        {
            reader.Close(CloseReason.Gone);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "A reader's message couldn't be handled; its connection is closed.");
            End(CloseReason.Failed);
        }
    }

    /// <summary>Calls a method of the reader's, if it has shaken hands.</summary>
    public void Say(string method, params object[] arguments)
    {
        if (protocol is { } spoken)
        {
            reader.Answer(spoken.Encode(new InvocationMessage(method, arguments)));
        }
    }

    /// <summary>Ends the conversation: says why in the hub's words, then in the WebSocket's.</summary>
    public void End(CloseReason reason)
    {
        if (protocol is { } spoken)
        {
            reader.Close(reason, spoken.Encode(new CloseMessage(reason.Text, reason.ComeBack)), CloseFrame(reason));
        }
        else
        {
            reader.Close(reason, CloseFrame(reason));
        }
    }

    private static byte[] CloseFrame(CloseReason reason)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(reason.Text ?? "");
        return Frame.Of(OpCode.Close, [(byte)(reason.Code >> 8), (byte)reason.Code, .. text]);
    }

    private ValueTask TakeAsync(OpCode code, byte[] message)
    {
        if (!IsAllowed())
        {
            return ValueTask.CompletedTask;
        }

        switch (code)
        {
            case OpCode.Ping:
                reader.Answer(Frame.Of(OpCode.Pong, message));
                return ValueTask.CompletedTask;

            case OpCode.Pong:
                return ValueTask.CompletedTask;

            case OpCode.Close:
                reader.Close(CloseReason.Gone, Frame.Of(OpCode.Close, message.Length >= 2 ? message.AsSpan(0, 2) : []));
                return ValueTask.CompletedTask;

            default:
                return SayAsync(new ReadOnlySequence<byte>(message));
        }
    }

    private bool IsAllowed()
    {
        if (allowance.Takes(reader.Shard.Now))
        {
            return true;
        }

        End(CloseReason.TooManyCalls);
        return false;
    }

    private async ValueTask SayAsync(ReadOnlySequence<byte> said)
    {
        if (protocol is null)
        {
            ShakeHands(ref said);
        }

        // The first one is what the frame was counted as; twenty calls fit into one frame.
        for (var isFirst = true; reader.End is null && protocol is { } spoken && spoken.TryParse(ref said, out var message); isFirst = false)
        {
            if (isFirst || IsAllowed())
            {
                await HandleAsync(spoken, message);
            }
        }

        if (reader.End is null && said.Length > 0)
        {
            throw new InvalidDataException("A WebSocket message holds whole messages of the hub.");
        }
    }

    private void ShakeHands(ref ReadOnlySequence<byte> said)
    {
        var request = Handshake(ref said);
        protocol = protocols.FirstOrDefault(spoken => spoken.Name == request.Protocol && spoken.Speaks(request.Version));
        if (protocol is null)
        {
            var refused = new ArrayBufferWriter<byte>();
            HandshakeProtocol.WriteResponseMessage(new HandshakeResponseMessage(CloseReason.UnknownProtocol.Text), refused);
            reader.Close(CloseReason.UnknownProtocol, Frame.Of(OpCode.Text, refused.WrittenSpan), CloseFrame(CloseReason.UnknownProtocol));
            return;
        }

        reader.ShookHands(this);
        // In the handshake both protocols speak JSON.
        reader.Answer(Welcome);
    }

    private static HandshakeRequestMessage Handshake(ref ReadOnlySequence<byte> said)
    {
        try
        {
            return HandshakeProtocol.TryParseRequestMessage(ref said, out var request) ? request
                : throw new InvalidDataException("The handshake must stand in one WebSocket message.");
        }
        catch (Exception strange) when (strange is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("What was sent is no handshake.", strange);
        }
    }

    private static byte[] Welcome { get; } = Frame.Of(OpCode.Text, "{}\u001e"u8);

    private ValueTask HandleAsync(SpokenProtocol spoken, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage call:
                return AnswerAsync(spoken, call);

            case InvocationBindingFailureMessage unfit:
                Answer(spoken, unfit.InvocationId, () => Refused(unfit.InvocationId!, unfit.Target, unfit.BindingFailure.SourceException));
                break;

            case StreamInvocationMessage stream:
                Answer(spoken, stream.InvocationId, () => CompletionMessage.WithError(stream.InvocationId!, $"{stream.Target} is called, not streamed."));
                break;

            case CloseMessage:
                reader.Close(CloseReason.Gone, CloseFrame(CloseReason.Gone));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask AnswerAsync(SpokenProtocol spoken, InvocationMessage call)
    {
        var feed = call.Arguments[0] as string;
        try
        {
            switch (call.Target.ToUpperInvariant())
            {
                case "UNFOLLOW":
                    reader.Unfollow(feed ?? "");
                    Answer(spoken, call.InvocationId, () => CompletionMessage.Empty(call.InvocationId!));
                    break;

                case "SEEN":
                    var screen = reader.Of(feed ?? "");
                    var asked = seen.Answer(screen?.Ring, screen, call.Arguments[1] as string, call.Arguments[2] as long?, call.Arguments[3] as long?);
                    Answer(spoken, call.InvocationId, () => CompletionMessage.WithResult(call.InvocationId!, asked));
                    break;

                case "MONITOR":
                    var monitor = reader.Of(feed ?? "");
                    seen.Exclude(monitor?.Ring, monitor);
                    Answer(spoken, call.InvocationId, () => CompletionMessage.Empty(call.InvocationId!));
                    break;

                default:
                    var former = reader.Of(feed ?? "");
                    var isFull = reader.Feeds >= FollowCall.MostFeeds && former is null;
                    var (ring, answer, partner) = await follow.AnswerAsync(feed, call.Arguments[1] as string, site, isFull, line.Gone);
                    var following = new Following(ring, spoken.Of(ring), answer.Position) { Partner = partner };
                    following.GoOnFrom(former);
                    reader.Follow(following, call.InvocationId is { } id ? spoken.Encode(id, answer) : null);
                    break;
            }
        }
        catch (HubException refused)
        {
            Answer(spoken, call.InvocationId, () => Refused(call.InvocationId!, call.Target, refused));
        }
        catch (Exception failure) when (!line.Gone.IsCancellationRequested)
        {
            log.LogWarning(failure, "The call {Method} failed.", call.Target);
            Answer(spoken, call.InvocationId, () => Refused(call.InvocationId!, call.Target, new HubException(HubFailures.Away)));
        }
    }

    // Who calls without an id wants no answer.
    private void Answer(SpokenProtocol spoken, string? invocationId, Func<CompletionMessage> answer)
    {
        if (invocationId is not null)
        {
            reader.Answer(spoken.Encode(answer()));
        }
    }

    // In the form that SignalR gives its errors, which clients may look for.
    private static CompletionMessage Refused(string invocationId, string method, Exception why) => CompletionMessage.WithError(invocationId,
        $"An unexpected error occurred invoking '{method}' on the server. HubException: {why.Message}");
}
