namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Samples of operations that were checked (échantillons de qualité).</summary>
internal static class QualityKind
{
    private static readonly ImportField CheckDay = Fields.Day("check_day", "check day", "date controle", "date de controle");

    public static readonly ImportKind Kind = new(
        V1.Import.Types.Kind.QualitySamples,
        "quality_sample",
        [
            Fields.Reference, CheckDay, new("operation_kind", FieldType.Code, true, ["operation kind", "nature", "nature operation"]) { Codes = OperationKind.Kinds },
            new("operation_reference", FieldType.Text, false, ["operation reference", "reference operation"]) { Default = "" },
            new("erroneous", FieldType.YesNo, true, ["erroneous", "anomalie", "en anomalie"]) { Codes = Codes.YesNo },
            Fields.Money("amount", false, "amount", "montant"), Fields.Money("deviation", false, "deviation", "ecart"),
        ],
        (_, _) => { })
    {
        PeriodField = CheckDay,
    };
}
