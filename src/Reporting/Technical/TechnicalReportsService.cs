using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Coinsurance;
using Delegation.Reporting.Rollups;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Reporting.Technical;

/// <summary>The rpcs of <c>delegation.reporting.v1.TechnicalReports</c>. What each means is in the contract.</summary>
internal sealed class TechnicalReportsService(CommandRunner commands, TenantSessions sessions, SystemSessions systemSessions, TimeProvider clock) : TechnicalReports.TechnicalReportsBase
{
    private const int MostLines = 20_000;

    // For one delegation, however many lines it has.
    private static readonly TimeSpan RebuildLimit = TimeSpan.FromHours(1);

    private static readonly LocalizedText FiguresTitle = new("Technical figures", "Indicateurs techniques");

    private static readonly LocalizedText TooLong = new(
        $"The report would have more than {MostLines} lines. Choose fewer dimensions, a shorter period or some codes.",
        $"Le reporting dépasserait {MostLines} lignes. Choisissez moins d'axes, une période plus courte ou certains codes.");

    public override async Task<TechnicalReport> GetTechnicalReport(GetTechnicalReportRequest request, ServerCallContext context)
    {
        var asked = TechnicalRequest.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(asked.DelegationId, context.CancellationToken)).ValueOrStatus();
        var imports = await ImportsKnown.LoadAsync(session, delegation, asked.AsOf, context.CancellationToken);
        var selection = asked.Selection.View == ReportView.Occurrence ? asked.Selection with { ValuationDay = asked.Selection.ValuationDay ?? imports.LastMonth } : asked.Selection;
        // The insurer's accounts are its own: auditors are not told that they are missing either.
        var accounts = session.Caller is { Side: Side.Insurer, Auditing: null }
            ? InsurerAccounts.Of(selection, await session.InputsAsync(delegation, asked.AsOf, context.CancellationToken))
            : null;
        var figures = await FigureTable.ReadAsync(session, delegation, imports, selection, accounts, context.CancellationToken);
        var table = figures.Describe("figures", FiguresTitle);
        if (table.LineCount > MostLines)
            new Outcome<TechnicalReport>.Refused("REPORT_TOO_LONG", TooLong).ValueOrStatus();

        var observed = await session.LinksAsync(delegation, imports, selection, context.CancellationToken);
        var (links, ofLinks) = Noemie.LinksTable(observed);
        var (byProduct, ofProducts) = Noemie.LinksByProductTable(observed);
        var shares = CoinsuranceTable.Of("coinsurance", selection.View, await session.SharesAsync(delegation, asked.AsOf, context.CancellationToken), figures.Total);
        var (returns, ofReturns) = Noemie.ReturnsTable(await session.ReturnsAsync(delegation, imports, selection.Period, context.CancellationToken));
        var (findings, ofFindings) = Findings.Table(await session.FindingsAsync(delegation, imports, selection.Period, context.CancellationToken));
        return new TechnicalReport
        {
            DelegationId = request.DelegationId,
            PeriodStartDay = request.PeriodStartDay,
            PeriodEndDay = request.PeriodEndDay,
            View = request.View,
            ValuationDay = DayField.Write(selection.ValuationDay),
            Sources = { imports.Sources },
            Gaps = { Gaps.Of(imports, selection), Gaps.Of(accounts, selection) },
            Tables =
            {
                new TechnicalTable { Table = table, Lines = { figures.Lines() } },
                new TechnicalTable { Table = links, Lines = { ofLinks } },
                new TechnicalTable { Table = byProduct, Lines = { ofProducts } },
                new TechnicalTable { Table = returns, Lines = { ofReturns } },
                new TechnicalTable { Table = findings, Lines = { ofFindings } },
                shares is { } parts ? [new TechnicalTable { Table = parts.Table, Lines = { parts.Lines } }] : Array.Empty<TechnicalTable>(),
            },
        };
    }

    public override async Task<TechnicalTriangle> GetTechnicalTriangle(GetTechnicalTriangleRequest request, ServerCallContext context)
    {
        var asked = TriangleRequest.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(asked.DelegationId, context.CancellationToken)).ValueOrStatus();
        var imports = await ImportsKnown.LoadAsync(session, delegation, asked.AsOf, context.CancellationToken);
        return await Triangle.ComputeAsync(session, delegation, imports, asked, context.CancellationToken);
    }

    public override Task<TechnicalInput> CreateTechnicalInput(CreateTechnicalInputRequest request, ServerCallContext context) =>
        commands.RunAsync<CreateTechnicalInputRequest, TechnicalInput>(
            request, context,
            (session, cancellationToken) => TechnicalInputs.Read(request, NewId.At(clock.GetUtcNow()), clock.GetUtcNow()).ThenAsync(async row =>
                await (await session.FindDelegationAsync(row.DelegationId, cancellationToken)).ThenAsync(delegation => session.KeepAsync(delegation, row, clock, cancellationToken))));

    public override async Task<ListTechnicalInputsResponse> ListTechnicalInputs(ListTechnicalInputsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListInputsAsync(delegation, asked, context.CancellationToken);
        return new ListTechnicalInputsResponse { Inputs = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task RebuildRollups(RebuildRollupsRequest request, IServerStreamWriter<RebuiltRollup> responseStream, ServerCallContext context)
    {
        foreach (var delegation in await DelegationsAsync(context.CancellationToken))
            foreach (var rollup in Rollup.All)
            {
                await using var session = await systemSessions.OpenAsync(context.CancellationToken);
                session.StatementLimit = RebuildLimit;
                var (cells, differences) = await session.RebuildAsync(delegation, rollup, context.CancellationToken);
                await session.CommitAsync(context.CancellationToken);
                await responseStream.WriteAsync(
                    new RebuiltRollup { DelegationId = delegation.DelegationId.ToString(), Kind = rollup.Kind, Cells = cells, Differences = differences }, context.CancellationToken);
            }
    }

    private async Task<IReadOnlyList<KnownDelegation>> DelegationsAsync(CancellationToken cancellationToken)
    {
        await using var session = await systemSessions.OpenAsync(cancellationToken);
        return await session.QueryAsync<KnownDelegation>(
            "SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, state FROM delegation ORDER BY delegation_id", cancellationToken: cancellationToken);
    }
}
