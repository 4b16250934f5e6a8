using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// Ends a connection of SignalR's that says more than anybody needs, or what nobody can read, and tells it why as the push's own door
/// does. SignalR has no limit of calls, and a filter on the hub's methods would see neither pings nor calls that fit no method.
/// </summary>
internal sealed class CountedProtocol(IHubProtocol inner, TimeProvider clock) : IHubProtocol
{
    private readonly long begun = clock.GetTimestamp();

    // SignalR has a binder for each connection; nothing else here tells them apart.
    private readonly ConditionalWeakTable<IInvocationBinder, CallAllowance> allowances = [];

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public int Version => inner.Version;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => inner.TransferFormat;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(
        // SignalR puts words of its own before ours, and asks whoever it closes to come back.
        message is CloseMessage close && CloseReason.ToldBy(close.Error) is { } reason ? new CloseMessage(reason.Text, reason.ComeBack) : message,
        output);

    /// <inheritdoc/>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // The push's own door shares one binder, and its sessions see to this themselves.
        if (binder is SpokenProtocol)
        {
            return inner.TryParseMessage(ref input, binder, out message);
        }

        if (!TryParse(ref input, binder, out message))
        {
            return input.Length < MessageReader.Limit ? false : throw Ended(CloseReason.TooLong);
        }

        return allowances.GetValue(binder, static _ => new()).Takes((long)clock.GetElapsedTime(begun).TotalSeconds)
            ? true
            : throw Ended(CloseReason.TooManyCalls);
    }

    private bool TryParse(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return inner.TryParseMessage(ref input, binder, out message);
        }
        catch (InvalidDataException)
        {
            throw Ended(CloseReason.Malformed);
        }
    }

    // SignalR closes the connection, and tells what a HubException says.
    private static HubException Ended(CloseReason reason) => new(reason.Text);
}
