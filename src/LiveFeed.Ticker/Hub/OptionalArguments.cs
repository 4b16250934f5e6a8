using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Hub;

/// <summary>A hub method may be called without its last arguments; those are null then.</summary>
/// <param name="count">How many may be left out.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OptionalArgumentsAttribute(int count) : Attribute
{
    /// <summary>How many may be left out.</summary>
    public int Count { get; } = count;
}

/// <summary>
/// A SignalR protocol that lets a caller leave arguments out. SignalR itself refuses a call with fewer arguments than the method
/// has parameters, and clients in many languages leave out what they have no value for.
/// </summary>
public sealed class OptionalArgumentsProtocol(IHubProtocol inner) : IHubProtocol
{
    private static readonly Dictionary<string, int> Optional = typeof(TickerHub).GetMethods()
        .Select(method => (method.Name, method.GetCustomAttribute<OptionalArgumentsAttribute>()?.Count))
        .Where(method => method.Count is not null)
        .ToDictionary(method => method.Name, method => method.Count!.Value, StringComparer.OrdinalIgnoreCase);

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
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    /// <inheritdoc/>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return TryParse(ref input, binder, out message);
        }
        catch (Exception strange) when (strange is not InvalidDataException)
        {
            // The parsers throw a dozen kinds, and all of them mean this one. What a stranger sent is never an error of ours.
            throw new InvalidDataException("What was sent is no message of the hub.", strange);
        }
    }

    private bool TryParse(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var whole = input;
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        for (var left = 1; message is InvocationBindingFailureMessage failed && left <= Optional.GetValueOrDefault(failed.Target); left++)
        {
            var again = whole;
            if (inner.TryParseMessage(ref again, new ShorterBinder(binder, left), out var shorter)
                && shorter is InvocationMessage { Arguments: var arguments } invocation)
            {
                message = new InvocationMessage(
                    invocation.InvocationId, invocation.Target, [.. arguments, .. new object?[left]], invocation.StreamIds)
                {
                    Headers = invocation.Headers,
                };
            }
        }

        if (message is InvocationBindingFailureMessage unfit)
        {
            message = Explain(unfit);
        }

        return true;
    }

    // SignalR keeps to itself why arguments don't fit, unless it is an exception made for the caller's eyes.
    private static InvocationBindingFailureMessage Explain(InvocationBindingFailureMessage unfit)
    {
        var takes = unfit.Target.ToUpperInvariant() switch
        {
            "FOLLOW" => "Follow takes a feed's slug and, where known, a position, both as texts.",
            "UNFOLLOW" => "Unfollow takes a feed's slug, as a text.",
            "SEEN" => "Seen takes a feed's slug and a position, both as texts, and, where the screen is looked at, the seq before and milliseconds, both as whole numbers.",
            "MONITOR" => "Monitor takes a feed's slug, as a text.",
            _ => $"There is no method {unfit.Target}; there are Follow, Unfollow, Seen and Monitor.",
        };
        return new(unfit.InvocationId, unfit.Target, ExceptionDispatchInfo.Capture(new HubException(takes)));
    }

    private sealed class ShorterBinder(IInvocationBinder inner, int left) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. inner.GetParameterTypes(methodName).SkipLast(left)];

        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);
    }
}
