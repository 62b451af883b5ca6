namespace Delegation.ServiceDefaults.Errors;

/// <summary>A sentence for people, in the two languages of the platform.</summary>
/// <param name="English">Also what developers read in the gRPC status and in logs.</param>
/// <param name="French">The same in French.</param>
public sealed record LocalizedText(string English, string French)
{
    /// <summary>The text in <paramref name="language"/>: <c>fr</c>, or else English.</summary>
    public string In(string language) => language == "fr" ? French : English;
}
