namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// An environment variable that every process of a run carries, and that its descendants inherit even when they leave its
/// session: what carries it belongs to us.
/// </summary>
/// <param name="State">Tells apart AppHosts on one machine.</param>
/// <param name="Run">Tells apart runs of one AppHost.</param>
internal sealed record RunMarker(string State, string Run)
{
    public const string Variable = "ASPIRE_LOCAL_PROCESS";

    /// <summary>How the variable starts in processes of this run.</summary>
    public string OfRun => $"{Variable}={State}.{Run}/";

    /// <summary>How the variable starts in processes of any run of this AppHost.</summary>
    public string OfAnyRun => $"{Variable}={State}.";

    public string ValueFor(string resourceId) => $"{State}.{Run}/{resourceId}";
}
