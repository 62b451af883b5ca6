using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.Reflection;

namespace Delegation.Contracts.Audits.Pack;

/// <summary>
/// What of all services goes into packs: every read that auditors may make, of the delegation and of each object in it that a list names. What comes to the
/// contract tomorrow goes into packs too.
/// </summary>
internal static class PackPlan
{
    // Ids that only narrow a list.
    private static readonly HashSet<string> Narrowing =
    [
        "ListMeasures.commitment_id", "ListCommitmentVersions.commitment_id", "ListFinancialVersions.financial_terms_id", "ListRuns.case_id", "ListTestDeliveries.report_id",
    ];

    // Answers to a question that somebody asks (a period, a word, a version), and what is in packs in another form.
    private static readonly HashSet<string> Left =
    [
        "GetEscalationMeasures", "GetSatisfaction", "GetSatisfactionTrend", "GetScopingAnswer", "PreviewScopingItems", "GetGate", "ListOperationMarks", "ListOperationVersions",
        "GetOperationCounts", "GetOperationalReport", "GetTechnicalReport", "GetReportContent", "ListReportLines", "ListReportDifferences",
        "GetCalendar", "ListActions", "GetAction", "DownloadAnnexVersion", "DownloadEvidencePack",
        // As large as all imports together; whoever needs all lines downloads them.
        "DownloadData",
    ];

    /// <summary>The processes, by the packages of the contract.</summary>
    public static IReadOnlyList<string> Services { get; } = ["contracts", "delivery", "reporting", "watch"];

    /// <summary>All files of the contract, which say of every event what it is.</summary>
    public static TypeRegistry Types { get; } = TypeRegistry.FromFiles(Files());

    /// <summary>Everything that auditors may read.</summary>
    public static IReadOnlyList<(string Service, MethodDescriptor Rpc)> Audited { get; } =
        [.. from file in Files()
            from service in file.Services
            from rpc in service.Methods
            where AuditSubjects.Of(rpc) != AuditSubject.Unspecified
            orderby rpc.FullName
            select (file.Package.Split('.')[1], rpc)];

    /// <summary>What of it is in packs, in the order in which it is there.</summary>
    public static IReadOnlyList<PackPart> All { get; } = [.. Find().OrderBy(part => part.Path, StringComparer.Ordinal)];

    // A list is found once the list is that names what it is about.
    private static List<PackPart> Find()
    {
        var (found, open) = (new List<PackPart>(), Audited.Where(read => !Left.Contains(read.Rpc.Name)).ToList());
        for (var before = -1; before < found.Count;)
        {
            before = found.Count;
            foreach (var (service, rpc) in open.ToArray())
                if (PartOf(service, rpc, found) is { } part)
                {
                    found.Add(part);
                    open.Remove((service, rpc));
                }
        }

        return found;
    }

    private static PackPart? PartOf(string service, MethodDescriptor rpc, List<PackPart> found)
    {
        string[] ids = [.. rpc.InputType.Fields.InDeclarationOrder().Select(field => field.Name).Where(name => name.EndsWith("_id", StringComparison.Ordinal) && !Narrowing.Contains($"{rpc.Name}.{name}"))];
        string[] needed = [.. ids.Where(id => id != "delegation_id")];
        if (needed.Length == 0)
            return ids.Length == 0 ? null : new PackPart(service, rpc, Key: null);

        return PackKey.Find(rpc, needed, found.Where(part => part.Service == service)) is { } key ? new PackPart(service, rpc, key) : null;
    }

    private static IEnumerable<FileDescriptor> Files() =>
        typeof(Delegation.Journal.V1.Journal).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith("delegation.", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
}
