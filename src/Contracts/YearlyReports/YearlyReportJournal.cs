using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.YearlyReports;

/// <summary>What the journal says of reports, whom they wait for since, and which become expected.</summary>
internal static class YearlyReportJournal
{
    private static readonly Role[] Responsible = [Role.DelegationManager, Role.Compliance];

    /// <summary>Makes the reports on all years that are over, and answers the terms as they are since.</summary>
    /// <param name="session">Under the lock of the terms.</param>
    /// <param name="terms">By which they are due.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(YearlyReportTermsRow Terms, IReadOnlyList<YearlyReportRow> Expected)> ExpectAsync(
        this DatabaseSession session, YearlyReportTermsRow terms, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (now, expected) = (clock.GetUtcNow(), new List<YearlyReportRow>());
        for (; ParisDays.DayAt(now) >= terms.NextDay; terms = terms with { NextYear = terms.NextYear + 1 })
        {
            var id = NewId.At(now);
            var report = new YearlyReport
            {
                Id = id.ToString(), DelegationId = terms.DelegationId.ToString(), Year = terms.NextYear, Basis = terms.BasisOf, DueDay = DayField.Write(terms.DueDay(terms.NextYear)),
                State = State.Expected, CreateTime = Timestamp.FromDateTime(now.InMicroseconds()),
            };
            var row = new YearlyReportRow(terms.OwnerId, terms.DelegationId, terms.DelegateId, id, JsonFormatter.Default.Format(report), Revision: 1);
            await session.InsertReportAsync(row, cancellationToken);
            await session.AppendReportAsync(row, new YearlyReportExpected { Report = row.ToMessage([]) }, clock, cancellationToken);
            expected.Add(row);
        }

        return (terms, expected);
    }

    /// <summary>Writes that a report changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendReportAsync(this DatabaseSession session, YearlyReportRow row, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AppendAsync(row.Happened(happened), clock, cancellationToken);
        var report = row.Read();
        await KeepAsync("yearly_report.submit", Side.Delegate, report.State == State.Expected, row.DueDay, new(
            $"Submit the yearly report on {report.Year}", $"Remettre le rapport annuel de gestion {report.Year}"));
        await KeepAsync("yearly_report.late", Side.Insurer, report is { State: State.Expected, Late: true }, row.DueDay, new(
            $"The yearly report on {report.Year} is late", $"Rapport annuel de gestion {report.Year} en retard"));
        await KeepAsync("yearly_report.present", Side.Insurer, report.State == State.Submitted, due: null, new(
            $"Present the yearly report on {report.Year} to the board", $"Présenter au conseil le rapport annuel de gestion {report.Year}"));

        Task KeepAsync(string kind, Side side, bool isOpen, DateOnly? due, LocalizedText title)
        {
            var key = new WorkItemKey(kind, YearlyReportRow.ObjectType, row.Id, side);
            return isOpen
                ? session.OpenWorkItemAsync(new OpenWork(key, row.OwnerId, row.DelegationId, row.DelegateId, title) { Roles = Responsible, DueDay = due }, clock, cancellationToken)
                : session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }
}
