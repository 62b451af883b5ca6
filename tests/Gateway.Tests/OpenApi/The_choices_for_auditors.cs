using Delegation.Access.V1;
using Google.Protobuf.Reflection;
using static Google.Protobuf.Reflection.MethodOptions.Types;

namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>What auditors may read was chosen service by service, and who adds one chooses too.</summary>
public sealed class The_choices_for_auditors
{
    private static readonly KeptFile Decision = new("../decisions/0029-auditors-read-under-a-role-of-their-own.md");

    private static readonly string[] Processes = ["contracts", "delivery", "reporting", "watch"];

    [Fact]
    public void The_table_of_the_decision_is_what_the_contract_says() => Assert.Equal(OfTheContract().Order(), OfTheDecision().Order());

    private static IEnumerable<string> OfTheDecision() =>
        from line in Decision.Text.Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Process", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        from service in cells[2].Split(", ")
        select $"{cells[1]} {service}: {cells[3]} ({cells[4]})";

    private static IEnumerable<string> OfTheContract() =>
        from type in typeof(AccessExtensions).Assembly.GetTypes()
        where type.Name.EndsWith("Reflection", StringComparison.Ordinal)
        let file = type.GetProperty("Descriptor")?.GetValue(null) as FileDescriptor
        where file is not null && Processes.Contains(file.Package.Split('.').ElementAtOrDefault(1))
        from service in file.Services
        let reads = service.Methods.Where(rpc => rpc.GetOptions()?.IdempotencyLevel == IdempotencyLevel.NoSideEffects).ToArray()
        where reads.Length > 0
        let subject = service.GetOptions()?.GetExtension(AccessExtensions.Audited) ?? AuditSubject.Unspecified
        let closed = reads.Where(rpc => rpc.GetOptions().GetExtension(AccessExtensions.ClosedToAuditors)).Select(rpc => rpc.Name).Order(StringComparer.Ordinal)
        select $"{file.Package.Split('.')[1]} {service.Name}: {(subject == AuditSubject.Unspecified ? "none" : subject.ToString().ToLowerInvariant())} ({string.Join(", ", closed)})";
}
