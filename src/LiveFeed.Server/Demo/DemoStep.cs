using LiveFeed.Contracts;

namespace LiveFeed.Server.Demo;

/// <summary>One thing that happens in a demo story.</summary>
/// <param name="AfterSeconds">Seconds after the step before it.</param>
/// <param name="Item">Which item, by a name of the story's own: steps of one name are about one entry.</param>
/// <param name="Action">What is done to it.</param>
/// <param name="Fields">The item's fields: all of them to publish, those that change otherwise.</param>
/// <param name="Note">What readers are told, with a correction or a retraction.</param>
internal sealed record DemoStep(int AfterSeconds, string Item, EntryAction Action, EntryFields Fields, string? Note = null);
