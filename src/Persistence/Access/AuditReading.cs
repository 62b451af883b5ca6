using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Npgsql;

namespace Delegation.Persistence.Access;

/// <summary>A call of an auditor that a mission lets in.</summary>
/// <param name="Caller">The auditor, who reads with the eyes of the party that invited them.</param>
/// <param name="OwnerId">The insurer of the delegation.</param>
/// <param name="DelegationId">The one delegation that is read.</param>
/// <param name="DelegateId">The delegate of the delegation.</param>
/// <param name="SeenBy">Who of the two sees that it was read.</param>
internal sealed record AuditReading(Caller Caller, Guid OwnerId, Guid DelegationId, Guid DelegateId, Visibility SeenBy);

/// <summary>Which missions are open, as this service's database knows it at this moment: one statement for each call of an auditor, and no cache.</summary>
internal sealed class Audits(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private static readonly HashSet<string> Roles = [Role.Auditor.Code()];

    /// <summary>The missions by which an auditor may read a subject now, of one delegation or of any, among those of the organisations that invited them.</summary>
    public async Task<IReadOnlyList<AuditReading>> OfAuditorAsync(
        IReadOnlyList<Membership> invited, Guid? delegationId, AuditSubject subject, CancellationToken cancellationToken)
    {
        var readings = await FindAsync(invited[0].PersonId, delegationId, subject, cancellationToken);
        return [.. readings.Where(reading => invited.Any(membership => membership.OrganizationId == reading.Caller.OrganizationId))];
    }

    /// <summary>The same for the evidence pack of a mission, which is a reader under the mission's own id; null when it is not open.</summary>
    public async Task<AuditReading?> OfPackAsync(Guid missionId, Guid? delegationId, AuditSubject subject, CancellationToken cancellationToken) =>
        (await FindAsync(missionId, delegationId, subject, cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<AuditReading>> FindAsync(Guid person, Guid? delegationId, AuditSubject subject, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT mission_id, owner_id, delegation_id, delegate_id, organization_id, reads_seen_by FROM audit_of($1, $2, $3, $4)";

        var now = clock.GetUtcNow();
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        command.Parameters.Add(new NpgsqlParameter { Value = delegationId is { } delegation ? delegation : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = subject.Stored() });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });

        var readings = new List<AuditReading>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var (owner, organization) = (row.GetGuid(1), row.GetGuid(4));
            var caller = new Caller(organization, person, Roles)
            {
                Side = organization == owner ? Side.Insurer : Side.Delegate, Auditing = new Auditing(row.GetGuid(0), now),
            };
            readings.Add(new AuditReading(caller, owner, row.GetGuid(2), row.GetGuid(3), Visibilities.Named(row.GetString(5))));
        }

        return readings;
    }
}
