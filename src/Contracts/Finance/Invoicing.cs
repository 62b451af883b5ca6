using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Finance;

/// <summary>Decides on an invoice that the delegate submits: what is wrong with the request, and what the check of each line finds.</summary>
internal static class Invoicing
{
    private const int MostLines = 50;
    private const int UsualPaymentDays = 30;

    private static readonly FieldViolation LinesRequired = TermViolations.Required("lines", "what is invoiced", "ce qui est facturé");

    /// <param name="request">The request.</param>
    /// <param name="number">Its number, read.</param>
    /// <param name="issueDay">Its day, read.</param>
    /// <param name="period">What it is about, read.</param>
    /// <param name="delegation">Between whom.</param>
    /// <param name="versions">All that holds of fees on some day of the period.</param>
    /// <param name="knownFees">All fees that ever held.</param>
    /// <param name="invoiced">Fees of which some of these days are invoiced already.</param>
    /// <param name="now">When.</param>
    public static Outcome<InvoiceRow> Submit(
        SubmitInvoiceRequest request,
        string number,
        DateOnly issueDay,
        DayRange period,
        SharedDelegation delegation,
        IReadOnlyList<JointVersionRow> versions,
        IReadOnlyDictionary<Guid, FeeTerms> knownFees,
        IReadOnlyCollection<string> invoiced,
        DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var lines = ReadLines(request, knownFees, violations);
        if (violations.Count > 0)
            return new Outcome<InvoiceRow>.Invalid(violations);

        var @checked = lines.Select(line => Check(line.FeeId, line.Line, period, [.. versions.Where(version => version.SubjectId == line.FeeId)], invoiced)).ToArray();
        return new Outcome<InvoiceRow>.Accepted(new InvoiceRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = NewId.At(now),
            Number = number,
            State = Invoice.Types.State.Submitted.Stored(),
            IssueDay = issueDay,
            StartDay = period.Start,
            EndDay = period.End,
            DueDay = issueDay.AddDays(lines.Min(line => knownFees[line.FeeId].PaymentDays is > 0 and var days ? days : UsualPaymentDays)),
            Lines = ProtoJson.WriteList(@checked),
            TotalCents = @checked.Sum(line => line.Amount.MinorUnits),
            ExpectedCents = @checked.Sum(line => line.Expected.MinorUnits),
            Comment = "",
            CreateTime = now.InMicroseconds(),
            Revision = 1,
        });
    }

    private static InvoiceLine Check(Guid feeId, InvoiceLine line, DayRange period, IReadOnlyList<JointVersionRow> versions, IReadOnlyCollection<string> invoiced)
    {
        var expected = FeeRule.Of(versions, period, line.Quantity);
        var findings = new List<InvoiceFinding>();
        if (line.Amount.MinorUnits != expected.Cents)
            findings.Add(InvoiceFinding.AmountDiffers);
        if (!expected.IsCovered)
            findings.Add(InvoiceFinding.PeriodNotCovered);
        if (invoiced.Contains(feeId.ToString()))
            findings.Add(InvoiceFinding.AlreadyInvoiced);

        return new InvoiceLine
        {
            FeeId = feeId.ToString(),
            Quantity = line.Quantity,
            Amount = line.Amount,
            Expected = Euros.Of(expected.Cents),
            Difference = Euros.Of(line.Amount.MinorUnits - expected.Cents),
            Parts = { expected.Parts },
            Findings = { findings },
        };
    }

    private static List<(Guid FeeId, InvoiceLine Line)> ReadLines(
        SubmitInvoiceRequest request, IReadOnlyDictionary<Guid, FeeTerms> knownFees, List<FieldViolation> violations)
    {
        if (request.Lines.Count == 0)
            violations.Add(LinesRequired);

        ListLimits.Check("lines", request.Lines.Count, MostLines, violations);
        var read = new List<(Guid FeeId, InvoiceLine Line)>();
        foreach (var (place, line) in request.Lines.Index())
        {
            var path = $"lines[{place}]";
            var feeId = IdField.Read($"{path}.fee_id", line.FeeId, violations) ?? default;
            var fee = knownFees.GetValueOrDefault(feeId);
            if (feeId != default && fee is null)
                violations.Add(TermViolations.Unknown($"{path}.fee_id"));
            else if (feeId != default && read.Any(other => other.FeeId == feeId))
                violations.Add(TermViolations.Repeated($"{path}.fee_id"));

            if (fee is { Basis: FeeBasis.Fixed })
                TermViolations.Unused($"{path}.quantity", line.Quantity != 0, "the fee is a fixed amount", "la rémunération est un forfait", violations);
            else
                TermViolations.InRange($"{path}.quantity", line.Quantity, 1, Euros.Most, violations);

            if (line.Amount is null)
                violations.Add(TermViolations.Required($"{path}.amount", "the amount", "le montant"));
            else
                Euros.ReadNotNegative($"{path}.amount", line.Amount, violations);

            read.Add((feeId, line));
        }

        return read;
    }
}
