using LiveFeed.Server;
using Microsoft.Extensions.Configuration;

namespace LiveFeed.CommandLine.Tests;

/// <summary>A limit that is none is refused at the start, with what it can be.</summary>
public sealed class Limits
{
    [Theory]
    [InlineData("Readers", "0")]
    [InlineData("Readers", "-1")]
    [InlineData("Readers", "many")]
    [InlineData("Readers", "1.5")]
    [InlineData("Readers", "99999999999")]
    [InlineData("ReadersPerAddress", "0")]
    [InlineData("ReadersPerAddress", " ")]
    [InlineData("ReadersPerAddress", "10 ")]
    public void A_limit_that_is_none_is_refused_with_advice(string name, string value)
    {
        var refused = Assert.Throws<SettingException>(() => Settings.From(With(name, value)));

        Assert.Contains($"LiveFeed:Limits:{name}: It is a whole number above zero; ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_is_as_set_and_else_as_is_right_for_most()
    {
        Assert.Equal((7, 500), Of(With("Readers", "7")));
        Assert.Equal((50_000, 7), Of(With("ReadersPerAddress", "7")));
        Assert.Equal((50_000, 500), Of(With("Readers", "")));

        static (int, int) Of(IConfiguration configuration) =>
            (Settings.From(configuration).Limits.Readers, Settings.From(configuration).Limits.ReadersPerAddress);
    }

    private static IConfiguration With(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new($"LiveFeed:Limits:{name}", value)]).Build();
}
