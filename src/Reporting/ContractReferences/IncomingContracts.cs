using Delegation.Access.V1;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.Reporting.Imports;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.ContractReferences;

/// <summary>References of contracts in the lines of an import, held against the numbers of the insurer.</summary>
internal static class IncomingContracts
{
    public const string WorkObject = "delegation";

    // Beyond that the file has references of something else.
    private const int MostAtOnce = 1000;
    private const int DaysToDecide = 7;

    /// <summary>Looks at the references that were never met before; those that are doubtful wait for a person. Nothing where the insurer told of no numbers.</summary>
    public static async Task MatchContractsAsync(this TenantSession session, ImportRow import, TimeProvider clock, CancellationToken cancellationToken)
    {
        var numbers = await session.ContractNumbersAsync(import.Delegation, cancellationToken);
        if (numbers.Count == 0)
            return;

        var matcher = new ContractMatcher(numbers);
        var met = await session.QueryAsync<(string Reference, long Lines)>(NewReferences, new { import.OwnerId, import.DelegationId, MostAtOnce }, cancellationToken);
        var rows = met.Select(one => (one, Found: matcher.Find(one.Reference))).Select(pair => new ContractMatchRow
        {
            Id = NewId.At(clock.GetUtcNow()),
            DelegationId = import.DelegationId,
            Reference = pair.one.Reference,
            Number = pair.Found.Number,
            Confidence = pair.Found.Confidence,
            State = pair.Found.IsDoubtful ? ContractMatchRow.Doubtful : ContractMatchRow.Matched,
            Lines = pair.one.Lines,
            ImportId = import.Id,
            Revision = 1,
        }).ToArray();
        if (rows.Length == 0)
            return;

        await session.AddMatchesAsync(import.Delegation, rows, cancellationToken);
        await session.AddMeaningsAsync(import.Delegation, rows, import.ApplyTime!.Value, cancellationToken);
        await session.KeepContractWorkAsync(import.Delegation, clock, cancellationToken);
    }

    /// <summary>Keeps the work lists of both sides in step: doubtful references wait as long as there are any.</summary>
    public static async Task KeepContractWorkAsync(this TenantSession session, KnownDelegation delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        var doubtful = await session.CountDoubtfulAsync(delegation, cancellationToken);
        foreach (var side in new[] { Side.Delegate, Side.Insurer })
        {
            var key = new WorkItemKey("contracts.match", WorkObject, delegation.DelegationId, side);
            if (doubtful == 0)
            {
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
                continue;
            }

            var title = new LocalizedText($"Say what {doubtful} references of contracts mean", $"Dire ce que désignent {doubtful} références de contrat");
            var due = ParisDays.DayAt(clock.GetUtcNow()).AddDays(DaysToDecide);
            await session.OpenWorkItemAsync(
                new OpenWork(key, delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, title) { Roles = [Role.Reporting, Role.Operations], DueDay = due }, clock, cancellationToken);
        }
    }

    private const string NewReferences =
        """
        SELECT i.contract_reference, i.lines
        FROM (SELECT contract_reference, count(*) AS lines FROM incoming WHERE reasons IS NULL GROUP BY contract_reference) i
        WHERE NOT EXISTS (SELECT FROM insurer_contract c WHERE c.owner_id = @OwnerId AND c.delegation_id = @DelegationId AND c.number = i.contract_reference)
          AND NOT EXISTS (SELECT FROM contract_match m WHERE m.owner_id = @OwnerId AND m.delegation_id = @DelegationId AND m.reference = i.contract_reference)
        ORDER BY i.lines DESC, i.contract_reference
        LIMIT @MostAtOnce
        """;
}
