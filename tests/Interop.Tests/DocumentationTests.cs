using Delegation.Interop.Tests.Clients;
using Delegation.Interop.Tests.Foreign;

namespace Delegation.Interop.Tests;

/// <summary>docs/interop.md and the tests say the same.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public async Task The_table_lists_the_cases_that_are_run_in_their_order()
    {
        var documentation = Path.Combine(Installation.Scripts, "..", "..", "..", "docs", "interop.md");
        var listed = (await File.ReadAllLinesAsync(documentation))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(InteropCases.Names, listed);
    }
}
