using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What waits for somebody in the delegation of a story, as their work list says it a moment later.</summary>
internal static class WorkLists
{
    /// <summary>Waits until something of a kind is on the list of a person.</summary>
    /// <param name="party">The person.</param>
    /// <param name="kind">What is to be done, as <c>scope.validate</c>.</param>
    /// <param name="says">How its title begins in the person's language.</param>
    /// <param name="objectId">The object that it is about; any where it is left out.</param>
    public static async Task<JsonNode> FindsWorkAsync(this Party party, string kind, string says = "", string? objectId = null)
    {
        var list = await party.UntilAsync(Path(party), list => Find(list, kind, objectId) is not null);
        var item = Find(list, kind, objectId)!;
        Assert.StartsWith(says, (string)item["title"]!, StringComparison.Ordinal);
        return item;
    }

    /// <summary>Waits until nothing of a kind is on the list of a person.</summary>
    public static Task FindsNoWorkAsync(this Party party, string kind, string? objectId = null) =>
        party.UntilAsync(Path(party), list => list.Status == 200 && Find(list, kind, objectId) is null);

    private static string Path(Party party) => $"/v1/work-items?delegationId={party.DelegationId}&pageSize=200";

    private static JsonNode? Find(Answer list, string kind, string? objectId) =>
        list.List("workItems").FirstOrDefault(item => (string)item["kind"]! == kind && (objectId is null || (string)item["objectId"]! == objectId));
}
