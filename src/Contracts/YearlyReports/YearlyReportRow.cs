using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Google.Protobuf;

namespace Delegation.Contracts.YearlyReports;

/// <summary>A report as the database keeps it; its versions are rows of their own.</summary>
/// <param name="OwnerId">The insurer.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="Id">Identifies it.</param>
/// <param name="Document">The message <see cref="YearlyReport"/> without versions and etag, as proto3 JSON.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record YearlyReportRow(Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid Id, string Document, long Revision)
{
    public const string ObjectType = "yearly_report";

    public int Year => Read().Year;

    public string State => Read().State.Stored();

    public DateOnly DueDay => DateOnly.ParseExact(Read().DueDay, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A message of the caller's own, which may be changed.</summary>
    public YearlyReport Read() => ProtoJson.Read<YearlyReport>(Document);

    public YearlyReport ToMessage(IEnumerable<YearlyReportVersionRow> versions) =>
        new(Read()) { Versions = { versions.Select(version => version.Read()) }, Etag = Etag.Of(Id, Revision) };

    /// <summary>The next revision.</summary>
    public YearlyReportRow With(YearlyReport changed) => this with { Document = JsonFormatter.Default.Format(changed), Revision = Revision + 1 };

    public JournalEvent Happened(IMessage happened) => new(OwnerId, DelegationId, DelegateId, Visibility.Both, ObjectType, Id, Revision, happened);
}

/// <summary>A version of a report as the database keeps it: a draft is the delegate's alone, and what was submitted does not change.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Id">Identifies it.</param>
/// <param name="Document">The message <see cref="YearlyReportVersion"/>, as proto3 JSON.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record YearlyReportVersionRow(Guid ReportId, Guid Id, string Document, long Revision)
{
    public const string ObjectType = "yearly_report_version";

    public YearlyReportVersion Read() => ProtoJson.Read<YearlyReportVersion>(Document);

    public YearlyReportVersionRow With(YearlyReportVersion changed) => this with { Document = JsonFormatter.Default.Format(changed), Revision = Revision + 1 };
}
