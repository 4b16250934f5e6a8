using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace LiveFeed.EndToEnd.Tests.Newsrooms;

/// <summary>Runs a theory in both modes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothModesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Mode>(Mode.Embedded), new TheoryDataRow<Mode>(Mode.Distributed)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
