using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Finance;

/// <summary>Invoices in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class InvoiceStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, invoice_id AS id, number, state, issue_day AS issueday,
               start_day AS startday, end_day AS endday, due_day AS dueday, lines::text AS lines, total_cents AS totalcents,
               expected_cents AS expectedcents, comment, disputed_amount_cents AS disputedamountcents, create_time AS createtime,
               answer_time AS answertime, revision
        FROM invoice
        WHERE owner_id = @InsurerId AND delegation_id = @Id
        """;

    public static Task<InvoiceRow?> FindInvoiceAsync(this TenantSession session, SharedDelegation delegation, Guid invoiceId, CancellationToken cancellationToken) =>
        session.FindAsync<InvoiceRow>($"{Columns} AND invoice_id = @invoiceId", new { delegation.InsurerId, delegation.Id, invoiceId }, cancellationToken);

    public static async Task<bool> HasInvoiceNumberAsync(this TenantSession session, SharedDelegation delegation, string number, CancellationToken cancellationToken) =>
        await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM invoice WHERE owner_id = @InsurerId AND delegation_id = @Id AND number = @number AND state <> 'withdrawn')",
            new { delegation.InsurerId, delegation.Id, number },
            cancellationToken);

    /// <summary>The fees of which some days of a period are invoiced.</summary>
    public static Task<IReadOnlyList<string>> ListInvoicedFeesAsync(
        this TenantSession session, SharedDelegation delegation, DateOnly startDay, DateOnly endDay, CancellationToken cancellationToken) =>
        session.QueryAsync<string>(
            """
            SELECT DISTINCT line ->> 'feeId'
            FROM invoice, jsonb_array_elements(lines) AS line
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND state <> 'withdrawn' AND start_day <= @endDay AND end_day >= @startDay
            """,
            new { delegation.InsurerId, delegation.Id, startDay, endDay },
            cancellationToken);

    public static async Task<Page<InvoiceRow>> ListInvoicesAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<InvoiceRow>(
            $"{Columns} AND (@after::uuid IS NULL OR invoice_id < @after) ORDER BY invoice_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertInvoiceAsync(this TenantSession session, InvoiceRow invoice, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO invoice (owner_id, delegation_id, delegate_id, invoice_id, number, state, issue_day, start_day, end_day, due_day, lines, total_cents,
                             expected_cents, comment, create_time, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Number, @State, @IssueDay, @StartDay, @EndDay, @DueDay, @Lines::jsonb, @TotalCents,
                @ExpectedCents, @Comment, @CreateTime, @Revision)
        """,
        invoice,
        cancellationToken);

    public static Task SaveInvoiceAsync(this TenantSession session, InvoiceRow invoice, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE invoice
        SET state = @State, comment = @Comment, disputed_amount_cents = @DisputedAmountCents, answer_time = @AnswerTime, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND invoice_id = @Id
        """,
        invoice,
        cancellationToken);
}
