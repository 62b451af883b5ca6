using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.AcceptanceReport.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Decides on the signature of one side; with the second one the report is sealed.</summary>
internal static class ReportSigning
{
    private static readonly FieldViolation Malformed = new(
        "text_sha256", "TEXT_SHA256_MALFORMED", new("This is no SHA-256: 64 hexadecimal digits.", "Ceci n'est pas une empreinte SHA-256 : 64 chiffres hexadécimaux."),
        new("Send the `text_sha256` of the report that you read.", "Envoyez le `text_sha256` du procès-verbal que vous avez lu."));

    /// <param name="report">As it is, locked.</param>
    /// <param name="signatory">Who signs.</param>
    /// <param name="textSha256">What they read.</param>
    /// <param name="now">The facts as they are, which may have moved since the report was issued.</param>
    /// <param name="time">When.</param>
    public static Outcome<ReportRow> Sign(ReportRow report, Caller signatory, string textSha256, ReportFacts now, DateTime time)
    {
        if (textSha256.Length != 64 || !textSha256.All(char.IsAsciiHexDigit))
            return new Outcome<ReportRow>.Invalid(Malformed);
        if (IsIssued<ReportRow>(report) is { } over)
            return over;
        if (report.IsSignedBy(signatory.Side))
            return new Outcome<ReportRow>.Refused("REPORT_ALREADY_SIGNED", new("Your side signed this report already.", "Votre partie a déjà signé ce procès-verbal."));
        if (!report.TextSha256.Equals(textSha256, StringComparison.OrdinalIgnoreCase))
            return new Outcome<ReportRow>.Refused(
                "REPORT_TEXT_DIFFERS",
                new("This is not the hash of this report's text. Read it again, and sign what you read.",
                    "Ceci n'est pas l'empreinte du texte de ce procès-verbal. Relisez-le et signez ce que vous avez lu."));
        if (IsReady<ReportRow>(now) is { } missing)
            return missing;
        if (ReportText.Of(now) != report.Text)
            return new Outcome<ReportRow>.Refused(
                "REPORT_OUTDATED",
                new("What it reports has moved since it was issued: withdraw it and issue it anew.",
                    "Ce qu'il constate a changé depuis son émission : retirez-le et émettez-le de nouveau."));

        var signed = signatory.Side == Side.Insurer
            ? report with { InsurerPersonId = signatory.PersonId, InsurerSignTime = time }
            : report with { DelegatePersonId = signatory.PersonId, DelegateSignTime = time };
        var isSealed = signed.IsSignedBy(Side.Insurer) && signed.IsSignedBy(Side.Delegate);
        return new Outcome<ReportRow>.Accepted(signed with
        {
            State = (isSealed ? State.Sealed : State.PartlySigned).Stored(),
            SealTime = isSealed ? time : null,
            Revision = report.Revision + 1,
        });
    }

    /// <summary>Null when nothing is missing.</summary>
    public static Outcome<T>? IsReady<T>(ReportFacts facts) => facts.Missing() is { Count: > 0 } missing
        ? new Outcome<T>.Refused(
            "REPORT_NOT_READY",
            new("This cannot be signed yet; what is missing is listed.", "La signature n'est pas encore possible ; ce qui manque est indiqué."), missing)
        : null;

    /// <summary>Null while a report waits for signatures.</summary>
    public static Outcome<T>? IsIssued<T>(ReportRow report) => report.IsIssued
        ? null
        : new Outcome<T>.Refused("REPORT_NOT_ISSUED", new("This report is sealed or withdrawn.", "Ce procès-verbal est scellé ou retiré."));

    /// <summary>The report, once both sides signed it: before that there is nothing to hand out.</summary>
    public static Outcome<ReportRow> IsSealed(ReportRow report) => report.In == State.Sealed
        ? new Outcome<ReportRow>.Accepted(report)
        : new Outcome<ReportRow>.Refused("REPORT_NOT_SEALED", new("Both sides have not signed this report.", "Les deux parties n'ont pas signé ce procès-verbal."));
}
