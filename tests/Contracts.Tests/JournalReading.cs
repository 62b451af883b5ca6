using Dapper;
using Delegation.Journal.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Npgsql;

namespace Delegation.Contracts.Tests;

/// <summary>One entry as the journal keeps it, with its event.</summary>
internal sealed record WrittenEntry(string ObjectType, Guid ObjectId, long Revision, Guid? OrganizationId, Guid? PersonId, IMessage Event);

/// <summary>Reads what commands wrote to the journal.</summary>
internal static class JournalReading
{
    private static readonly TypeRegistry Events = TypeRegistry.FromFiles(
        V1.EventsReflection.Descriptor,
        V1.ScopeEventsReflection.Descriptor,
        V1.LetterEventsReflection.Descriptor,
        V1.RegulationEventsReflection.Descriptor,
        V1.AnnexEventsReflection.Descriptor,
        V1.NegotiationEventsReflection.Descriptor,
        V1.CommitmentEventsReflection.Descriptor,
        V1.FinanceEventsReflection.Descriptor,
        V1.FundEventsReflection.Descriptor,
        V1.ContractingEventsReflection.Descriptor,
        V1.AuditEventsReflection.Descriptor,
        V1.ControlEventsReflection.Descriptor,
        V1.YearlyReportEventsReflection.Descriptor,
        AuditReflection.Descriptor,
        V1.ExitEventsReflection.Descriptor,
        WorkReflection.Descriptor);

    /// <summary>The entries in the chain of an organisation, in the order in which they were written.</summary>
    public static async Task<IReadOnlyList<WrittenEntry>> EntriesOfAsync(this ContractsHost host, string organizationId)
    {
        const string Sql =
            """
            SELECT object_type, object_id, revision, organization_id, person_id, event_type, payload
            FROM journal WHERE owner_id = @owner ORDER BY occur_time, entry_id
            """;

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var rows = await connection.QueryAsync<(string, Guid, long, Guid?, Guid?, string, byte[])>(Sql, new { owner = Guid.Parse(organizationId) });
        return [.. rows.Select(row => new WrittenEntry(
            row.Item1, row.Item2, row.Item3, row.Item4, row.Item5, Events.Find(row.Item6).Parser.ParseFrom(row.Item7)))];
    }
}
