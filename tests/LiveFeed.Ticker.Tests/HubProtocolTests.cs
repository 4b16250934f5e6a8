using System.Buffers;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Tests;

public sealed class HubProtocolTests
{
    [Theory]
    [InlineData("""["news"]""", "news", null)]
    [InlineData("""["news",null]""", "news", null)]
    [InlineData("""["news","e:1"]""", "news", "e:1")]
    public void Follow_may_be_called_without_a_position(string arguments, string feed, string? position)
    {
        var call = Assert.IsType<InvocationMessage>(Parse("Follow", arguments));

        Assert.Equal("7", call.InvocationId);
        Assert.Equal([feed, position], call.Arguments);
    }

    [Theory]
    [InlineData("Follow", "[]")]
    [InlineData("Follow", """["news","e:1",3]""")]
    [InlineData("Follow", """[5]""")]
    [InlineData("Unfollow", "[]")]
    public void A_call_with_wrong_arguments_is_refused(string method, string arguments) =>
        Assert.IsType<InvocationBindingFailureMessage>(Parse(method, arguments));

    [Fact]
    public void MessagePack_says_what_the_JSON_says()
    {
        var entry = new Entry
        {
            Id = Guid.Parse("0192f7a0-0000-7000-8000-000000000001"),
            Feed = "news",
            Seq = 12,
            Revision = 3,
            Kind = EntryKind.Breaking,
            Status = EntryStatus.Live,
            Headline = "Київ \"\u2028",
            Tags = ["war", "diplomacy"],
            Pinned = true,
            PublishedAt = new(2026, 11, 24, 14, 3, 7, 250, TimeSpan.Zero),
            Correction = new("A note", new(2026, 11, 24, 14, 9, 0, TimeSpan.Zero)),
        };
        var followed = new Followed("news", new Position("epoch", 12), Reset: true, [entry]);

        var packed = MessagePackSerializer.Serialize(followed, WireMessagePack.Options, TestContext.Current.CancellationToken);
        var map = Assert.IsType<Dictionary<object, object>>(MessagePackSerializer.Deserialize<object>(
            packed, MessagePackSerializerOptions.Standard, TestContext.Current.CancellationToken));
        var first = Assert.IsType<Dictionary<object, object>>(Assert.IsType<object[]>(map["entries"])[0]);

        Assert.Equal("epoch:12", map["position"]);
        Assert.Equal("breaking", first["kind"]);
        Assert.Equal("2026-11-24T14:03:07.250Z", first["publishedAt"]);
        Assert.Equal(entry.Headline, first["headline"]);
        Assert.DoesNotContain("body", first.Keys);
        Assert.DoesNotContain("keyEvent", first.Keys);
        Assert.Equivalent(
            followed, MessagePackSerializer.Deserialize<Followed>(packed, WireMessagePack.Options, TestContext.Current.CancellationToken), strict: true);
    }

    private static HubMessage Parse(string method, string arguments)
    {
        var text = $$"""{"type":1,"invocationId":"7","target":"{{method}}","arguments":{{arguments}}}""" + '\u001e';
        var input = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text));
        Assert.True(new OptionalArgumentsProtocol(new JsonHubProtocol()).TryParseMessage(ref input, new Binder(), out var message));
        Assert.True(input.IsEmpty);
        return message;
    }

    private sealed class Binder : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            [.. typeof(TickerHub).GetMethod(methodName)!.GetParameters().Select(parameter => parameter.ParameterType)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
