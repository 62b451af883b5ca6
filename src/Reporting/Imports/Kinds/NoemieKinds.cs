namespace Delegation.Reporting.Imports.Kinds;

/// <summary>The three neutral files of NOEMIE: counts, and nothing of people.</summary>
internal static class NoemieKinds
{
    private static readonly ImportField ObservationDay = Fields.Day("observation_day", "observation day", "dateobservation", "date observation");

    private static readonly ImportField ReceiveDay = Fields.Day("receive_day", "receive day", "datereception", "date reception");

    private static readonly ImportField Flow = new("flow", FieldType.Text, true, ["flow", "typeflux", "type flux"]);

    private static readonly ImportField ReasonCode = new("reason_code", FieldType.Text, true, ["reason code", "codemotif", "code motif"]);

    private static readonly ImportField Scheme = new("scheme", FieldType.Text, true, ["scheme", "regime"]);

    private static readonly ImportField Centre = new("centre", FieldType.Text, true, ["centre"]);

    private static readonly ImportField AccountingDay = Fields.Day("accounting_day", "accounting day", "datecomptable", "date comptable");

    public static readonly ImportKind Links = new(
        V1.Import.Types.Kind.NoemieLinks,
        "noemie_link_line",
        [
            ObservationDay, Fields.Contract, Fields.Product, Fields.Individual, Fields.Count("active", true, "active", "actifs"), Fields.Count("inactive", true, "inactive", "nonactifs", "non actifs"),
            Fields.Count("not_eligible", true, "not eligible", "nonnoemisables", "non noemisables"),
        ],
        (_, _) => { })
    {
        Key = [ObservationDay, Fields.Contract, Fields.Product, Fields.Individual],
        PeriodField = ObservationDay,
    };

    public static readonly ImportKind Rejections = new(
        V1.Import.Types.Kind.NoemieRejections,
        "noemie_rejection_line",
        [
            ReceiveDay, Flow, Fields.Contract, ReasonCode, new("label", FieldType.Text, false, ["label", "libelle"]) { Default = "" }, Fields.Count("rejections", true, "rejections", "nb"),
            Fields.Count("treated", true, "treated", "nbtraites", "nb traites"),
            new("average_age_days", FieldType.Number, false, ["average age days", "agemoyenjours", "age moyen jours"]) { IsPositive = true },
            Fields.Count("acknowledged", false, "acknowledged", "nbacquittes", "nb acquittes") with { IsNullable = true },
            new("average_cure_days", FieldType.Number, false, ["average cure days", "delaicurejours", "delai cure jours"]) { IsPositive = true, IsNullable = true },
        ],
        (line, _) =>
        {
            if (line.Number(6) > line.Number(5))
                line.Fault("treated", "TREATED_TOO_MANY");
        })
    {
        Key = [ReceiveDay, Flow, Fields.Contract, ReasonCode],
        PeriodField = ReceiveDay,
    };

    public static readonly ImportKind AccountingDays = new(
        V1.Import.Types.Kind.AccountingDays,
        "accounting_day_line",
        [
            Scheme, Centre, AccountingDay, new("received", FieldType.YesNo, true, ["received", "recu"]) { Codes = Codes.YesNo }, Fields.Count("statements", true, "statements", "nbdecomptes", "nb decomptes"),
            Fields.Money("amount", true, "amount", "montantrc", "montant rc"),
        ],
        (_, _) => { })
    {
        Key = [Scheme, Centre, AccountingDay],
        PeriodField = AccountingDay,
    };
}
