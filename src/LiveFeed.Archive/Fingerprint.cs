using System.Security.Cryptography;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>Tells whether two submissions ask for the same thing: all but who sent it, when, and under which id.</summary>
internal static class Fingerprint
{
    public static string Of(SubmitEntry submission)
    {
        var content = submission with
        {
            SubmissionId = Guid.Empty,
            By = null,
            SubmittedAt = null,
            // A new entry's id is often made by the server, another one at every try.
            EntryId = submission.Action is EntryAction.Publish ? Guid.Empty : submission.EntryId,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content, Wire.Json)));
    }
}
