using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;

namespace Delegation.Contracts.YearlyReports;

/// <summary>By when there is a report, as the database keeps it.</summary>
/// <param name="OwnerId">The insurer.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate.</param>
/// <param name="FirstYear">The first year that is reported on; 0 while nobody said.</param>
/// <param name="FirstDueDay">By when, in the year after.</param>
/// <param name="Basis">Why, as it was when the terms were set.</param>
/// <param name="Agreement">What was agreed.</param>
/// <param name="NextYear">The next year whose report becomes expected.</param>
/// <param name="Revision">Of the last change.</param>
internal sealed record YearlyReportTermsRow(
    Guid OwnerId, Guid DelegationId, Guid DelegateId, int FirstYear, DateOnly FirstDueDay, string Basis, string Agreement, int NextYear, long Revision)
{
    private const string ObjectType = "yearly_report_terms";

    public Basis BasisOf => StoredNames.Read<Basis>(Basis);

    /// <summary>A report was expected already.</summary>
    public bool HasBegun => NextYear > FirstYear;

    /// <summary>When the next report becomes expected: when its year is over.</summary>
    public DateOnly NextDay => new(NextYear + 1, 1, 1);

    /// <summary>By when the report on a year is due.</summary>
    public DateOnly DueDay(int year) => FirstDueDay.AddYears(year - FirstYear);

    /// <param name="basis">Why there is a report, as things are.</param>
    public YearlyReportTerms ToMessage(Basis basis) => new()
    {
        DelegationId = DelegationId.ToString(),
        Basis = basis,
        FirstYear = FirstYear,
        FirstDueDay = FirstYear == 0 ? "" : DayField.Write(FirstDueDay),
        Agreement = Agreement,
        Etag = Etag.Of(DelegationId, Revision),
    };

    public JournalEvent Happened(IMessage happened) => new(OwnerId, DelegationId, DelegateId, Visibility.Both, ObjectType, DelegationId, Revision, happened);
}
