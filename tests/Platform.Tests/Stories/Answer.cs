using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What a call was answered.</summary>
internal sealed record Answer(int Status, JsonNode? Json, string? Etag)
{
    /// <summary>The reason of a refusal.</summary>
    public string? Reason => Text("reason");

    /// <summary>The answer of a call that was accepted; the test ends here when it was not.</summary>
    public Answer Ok()
    {
        Assert.True(Status == 200, $"{Status}: {Json}");
        return this;
    }

    /// <summary>The answer of a call that was refused for that reason: its own, or that of one of the fields that are wrong.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="says">Words that a person reads in it, in their language.</param>
    public Answer Refused(int status, string reason, string says = "")
    {
        Assert.True(Status == status && List("errors").Select(error => (string?)error["reason"]).Append(Reason).Contains(reason), $"{Status}: {Json}");
        Assert.Contains(says, $"{Text("title")} {Text("detail")}", StringComparison.OrdinalIgnoreCase);
        return this;
    }

    /// <summary>A text of the answer, by the names that lead to it.</summary>
    public string? Text(params string[] path) => path.Aggregate(Json, (node, name) => node?[name])?.ToString();

    /// <summary>What a list of the answer holds.</summary>
    public IReadOnlyList<JsonNode> List(string name) => [.. (Json?[name]?.AsArray() ?? []).Select(entry => entry!)];
}
