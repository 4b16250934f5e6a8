namespace LiveFeed.CommandLine.Tests;

using CommandLine = LiveFeed.Server.Commands.CommandLine;

/// <summary>Wrong usage is exit code 2 and says what is right; what can't be done is 1 and says why.</summary>
public sealed class Usage
{
    [Theory]
    [InlineData("feed", true)]
    [InlineData("post", true)]
    [InlineData("edit", true)]
    [InlineData("correct", true)]
    [InlineData("retract", true)]
    [InlineData("schedule", true)]
    [InlineData("tail", true)]
    [InlineData("import", true)]
    [InlineData("--help", true)]
    [InlineData("-h", true)]
    [InlineData("--version", true)]
    [InlineData("--urls", false)]
    [InlineData("--demo", false)]
    [InlineData("serve", false)]
    public void Its_commands_are_taken_and_the_servers_arguments_are_not(string first, bool taken)
    {
        Assert.Equal(taken, CommandLine.Takes([first, "x"]));
        Assert.False(CommandLine.Takes([]));
    }

    [Theory]
    [InlineData("feed", "equired command")]
    [InlineData("feed create", "equired argument")]
    [InlineData("feed create Not_A_Slug", "1 to 64 characters of a-z")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("post a --nonsense", "--nonsense")]
    [InlineData("post a --kind shout --headline x", "shout")]
    [InlineData("post a --id 7 --headline x", "7")]
    [InlineData("post a --headline x --image-alt y", "--image-url")]
    [InlineData("post a --body x --file y", "not from both")]
    [InlineData("post a --headline x --server ftp://a", "is no address of a server")]
    [InlineData("edit a 7 --headline x", "7")]
    [InlineData("correct a 0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b --headline x", "--note")]
    [InlineData("schedule a --headline x", "--at says it")]
    [InlineData("schedule a --headline x --at tomorrow", "RFC 3339")]
    [InlineData("tail a --from 7", "epoch:seq")]
    [InlineData("import f", "--feed")]
    [InlineData("import f --feed a --speed 0", "--speed is a number above 0")]
    public async Task Wrong_usage_is_told(string line, string why)
    {
        var (code, _, errors) = await RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("post a", "needs a headline, a body or an image")]
    [InlineData("post a --headline x --link javascript:x", "link must be an absolute http")]
    [InlineData("post a --file /does/not/exist", "can't be read")]
    [InlineData("import /does/not/exist --feed a", "can't be read")]
    [InlineData("post a --headline x --server http://localhost:9", "Is the server running?")]
    [InlineData("tail a --server http://localhost:9", "Is the server running?")]
    public async Task What_cannot_be_done_is_told(string line, string why)
    {
        var (code, output, errors) = await RunAsync(line.Split(' '));

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "livefeed [command]")]
    [InlineData("feed --help", "create")]
    [InlineData("post --help", "--headline")]
    [InlineData("import -h", "--speed")]
    [InlineData("--version", "0.1.0")]
    public async Task Help_is_given(string line, string part)
    {
        var (code, output, errors) = await RunAsync(line.Split(' '));

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, errors, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
