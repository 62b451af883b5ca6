using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Delegations;

/// <summary>Delegations under their lock, and as they are saved.</summary>
internal static class DelegationStore
{
    // The numbers are the insurer's: those in the draft of a delegate count from the day on which the insurer accepts it.
    private const string HoldContracts = "SELECT hold_contracts(@InsurerId, @Id, @ReferenceData::jsonb) WHERE @InsurerId IS NOT NULL";

    /// <summary>A delegation or draft of the caller's organisation, which nobody else changes until the session ends.</summary>
    public static async Task<Outcome<DelegationRow>> LockDelegationAsync(this TenantSession session, Guid id, CancellationToken cancellationToken)
    {
        // First the draft: one that is being opened is waited for here, and read below as what it became.
        var sql =
            $"""
            SELECT FROM delegation_draft d WHERE d.owner_id = @OrganizationId AND d.delegation_id = @id FOR NO KEY UPDATE;
            SELECT FROM delegation d WHERE d.{DelegationQueries.PartyColumn(session.Caller.Side)} = @OrganizationId AND d.delegation_id = @id FOR NO KEY UPDATE;
            """;

        await session.ExecuteAsync(sql, new { session.Caller.OrganizationId, id }, cancellationToken);
        return DelegationQueries.Found(await session.FindDelegationAsync(id, cancellationToken));
    }

    /// <summary>
    /// What is wrong with the contract numbers of a delegation beside its insurer's others. Their numbers stay as they are until the session
    /// ends. Nothing is said of the draft of a delegate, who must not learn it.
    /// </summary>
    public static async Task<IReadOnlyList<FieldViolation>> ContractsHeldElsewhereAsync(
        this TenantSession session, DelegationRow delegation, CancellationToken cancellationToken)
    {
        if (delegation.InsurerId is null)
            return [];

        var held = await session.QueryAsync<(int Place, Guid Holder)>(
            "SELECT place, holder FROM contracts_held_elsewhere(@InsurerId, @Id, @ReferenceData::jsonb)",
            new { delegation.InsurerId, delegation.Id, delegation.ReferenceData },
            cancellationToken);
        var contracts = ProtoJson.Read<ReferenceData>(delegation.ReferenceData).InsurerContracts;
        return [.. held.Select(contract =>
            InsurerContracts.HeldElsewhere($"reference_data.insurer_contracts[{contract.Place}].number", contracts[contract.Place].Number, contract.Holder))];
    }

    public static Task InsertDraftAsync(this TenantSession session, DelegationRow draft, CancellationToken cancellationToken) =>
        session.ExecuteAsync(InsertDraft, Columns(draft), cancellationToken);

    public static Task UpdateDelegationAsync(this TenantSession session, DelegationRow delegation, CancellationToken cancellationToken) =>
        session.ExecuteAsync(delegation.State == DelegationRow.Draft ? UpdateDraft : UpdateOpen, Columns(delegation), cancellationToken);

    public static Task DeleteDraftAsync(this TenantSession session, DelegationRow draft, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            """
            DELETE FROM insurer_contract WHERE owner_id = @OwnerId AND delegation_id = @Id;
            DELETE FROM delegation_draft WHERE owner_id = @OwnerId AND delegation_id = @Id;
            """,
            new { draft.OwnerId, draft.Id },
            cancellationToken);

    internal const string InsertDraft =
        $"""
        INSERT INTO delegation_draft (owner_id, delegation_id, inviter_side, title, counterpart_legal_name, counterpart_siren,
                                      reference_data, planned_start_day, create_time, update_time, revision)
        VALUES (@OwnerId, @Id, @InviterSide, @Title, @CounterpartLegalName, @CounterpartSiren,
                @ReferenceData::jsonb, @PlannedStartDay::date, @CreateTime, @UpdateTime, @Revision);
        {HoldContracts};
        """;

    private const string UpdateDraft =
        $"""
        UPDATE delegation_draft
        SET title = @Title, counterpart_legal_name = @CounterpartLegalName, counterpart_siren = @CounterpartSiren,
            reference_data = @ReferenceData::jsonb, planned_start_day = @PlannedStartDay::date, update_time = @UpdateTime, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @Id;
        {HoldContracts};
        """;

    private const string UpdateOpen =
        $"""
        UPDATE delegation SET revision = @Revision WHERE owner_id = @OwnerId AND delegation_id = @Id;
        UPDATE delegation_profile
        SET title = @Title, reference_data = @ReferenceData::jsonb, planned_start_day = @PlannedStartDay::date, update_time = @UpdateTime
        WHERE owner_id = @OwnerId AND delegation_id = @Id;
        {HoldContracts};
        """;

    private static object Columns(DelegationRow row) => new
    {
        row.OwnerId,
        row.Id,
        row.InsurerId,
        InviterSide = row.InviterSide == Side.Insurer ? "insurer" : "delegate",
        row.Title,
        CounterpartLegalName = row.InviterSide == Side.Insurer ? row.DelegateLegalName : row.InsurerLegalName,
        CounterpartSiren = row.InviterSide == Side.Insurer ? row.DelegateSiren : row.InsurerSiren,
        row.ReferenceData,
        row.PlannedStartDay,
        row.CreateTime,
        row.UpdateTime,
        row.Revision,
    };
}
