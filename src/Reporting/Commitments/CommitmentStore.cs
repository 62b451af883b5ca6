using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Operational;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;

namespace Delegation.Reporting.Commitments;

/// <summary>This service's copy of the commitments. A journal tells each version in order, so that what came last holds.</summary>
internal static class CommitmentStore
{
    // Contracts may have terms that only a newer release knows.
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Keeps a version, and lets the measures of months wait from the end of this one on where nothing does yet.</summary>
    public static Task SaveCommitmentAsync(
        this SystemSession session, JournalEntry told, CommitmentVersion version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var superseded = Day(version.Version.SupersededOnDay);
        var last = Day(version.Version.LastDay);
        return session.ExecuteAsync(
            $"""
            {Delegations.Know}
            INSERT INTO commitment_version (owner_id, delegation_id, delegate_id, commitment_id, commitment_version_id, number, first_day, last_day, terms, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @commitmentId, @id, @Number, @first, @last, @terms::jsonb, @Revision)
            ON CONFLICT (owner_id, delegation_id, commitment_version_id) DO UPDATE SET last_day = excluded.last_day, revision = excluded.revision;
            INSERT INTO due (kind, owner_id, object_id, due_time) VALUES ('{MonthlyMeasures.WorkKind}', @OwnerId, @DelegationId, @monthEnds)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                told.OwnerId,
                told.DelegationId,
                told.DelegateId,
                commitmentId = Guid.Parse(version.CommitmentId),
                id = Guid.Parse(version.Id),
                version.Version.Number,
                first = Day(version.Version.EffectiveDay),
                last = superseded?.AddDays(-1) is { } before && !(last < before) ? before : last,
                terms = JsonFormatter.Default.Format(version.Terms),
                told.Revision,
                monthEnds = ParisDays.EndOf(MonthlyMeasures.MonthOf(ParisDays.DayAt(now)).End),
            },
            cancellationToken);
    }

    public static Task SaveNeutralisationAsync(this SystemSession session, JournalEntry told, Neutralisation neutralisation, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"""
            {Delegations.Know}
            INSERT INTO neutralised_period (owner_id, delegation_id, delegate_id, neutralisation_id, commitment_id, first_day, last_day, reason)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @id, @commitmentId, @first, @last, @Reason)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                told.OwnerId,
                told.DelegationId,
                told.DelegateId,
                id = Guid.Parse(neutralisation.Id),
                commitmentId = neutralisation.CommitmentId.Length == 0 ? default(Guid?) : Guid.Parse(neutralisation.CommitmentId),
                first = Day(neutralisation.Version.EffectiveDay),
                last = Day(neutralisation.Version.LastDay),
                neutralisation.Reason,
            },
            cancellationToken);

    /// <summary>The commitments of a delegation that were ever validated, each with all its versions: two statements.</summary>
    public static async Task<IReadOnlyList<CommitmentHistory>> ListCommitmentsAsync(
        this TenantSession session, KnownDelegation delegation, CancellationToken cancellationToken)
    {
        var versions = await session.QueryAsync<VersionRow>(
            """
            SELECT commitment_id AS commitmentid, commitment_version_id AS versionid, number, first_day AS firstday, last_day AS lastday, terms::text AS terms
            FROM commitment_version
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
            ORDER BY commitment_id, first_day, number
            """,
            delegation,
            cancellationToken);
        var neutralised = await session.QueryAsync<NeutralisedDays>(
            """
            SELECT neutralisation_id AS id, commitment_id AS commitmentid, first_day AS start, last_day AS "end"
            FROM neutralised_period
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId
            ORDER BY first_day, neutralisation_id
            """,
            delegation,
            cancellationToken);
        return
        [
            .. versions.GroupBy(version => version.CommitmentId, version => version.ToCommitment()).Select(commitment => new CommitmentHistory(
                commitment.Key, [.. commitment], [.. neutralised.Where(days => days.CommitmentId is null || days.CommitmentId == commitment.Key)])),
        ];
    }

    /// <summary>The terms of a version.</summary>
    public static async Task<CommitmentTerms> FindTermsAsync(this TenantSession session, KnownDelegation delegation, Guid versionId, CancellationToken cancellationToken) =>
        Json.Parse<CommitmentTerms>((await session.FindAsync<string>(
            "SELECT terms::text FROM commitment_version WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND commitment_version_id = @versionId",
            new { delegation.OwnerId, delegation.DelegationId, versionId },
            cancellationToken))!);

    private static DateOnly? Day(string text) => DayField.ReadOptional("", text, new List<FieldViolation>());

    private sealed record VersionRow(Guid CommitmentId, Guid VersionId, int Number, DateOnly FirstDay, DateOnly? LastDay, string Terms)
    {
        public AgreedCommitment ToCommitment()
        {
            var terms = Json.Parse<CommitmentTerms>(Terms);
            return new AgreedCommitment(CommitmentId, VersionId, Number, FirstDay, LastDay, Day(terms.ObservationLastDay), terms);
        }
    }
}
