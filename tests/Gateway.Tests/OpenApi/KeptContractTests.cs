using Delegation.Contracts.V1;
using Delegation.Gateway.OpenApi;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>What callers rely on is kept in the repository: it can grow, and it breaks only where somebody says so.</summary>
public sealed class KeptContractTests
{
    private const string Heading =
        """
        # What callers of the contract rely on: each line is a promise. Made from src/Protocol by
        #   UPDATE_CONTRACT=yes dotnet test tests/Gateway.Tests --filter Kept
        # which refuses to take a promise back; UPDATE_CONTRACT=breaking takes it back.

        """;

    private static readonly KeptFile Kept = new("contract.txt");
    private static readonly KeptFile OpenApi = new("openapi.json");

    [Fact]
    public void The_contract_keeps_what_it_promised_and_the_kept_file_says_what_it_promises()
    {
        var now = Surface.Of(DescriptorSet.Of(typeof(Organization).Assembly));

        var broken = BreakingChanges.Between(Surface.Parse(Kept.Text), now).ToList();
        Assert.True(broken.Count == 0 || KeptFile.UpdatesBreaking, $"The contract takes promises back:\n{string.Join('\n', broken)}");
        Kept.Is(Heading + now);
    }

    [Fact]
    public void The_kept_OpenAPI_document_is_that_of_the_contract() => OpenApi.Is(ApiDescription.Document);
}
