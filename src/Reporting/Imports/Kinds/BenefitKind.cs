namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Benefits (prestations). They belong to the period of their day of payment.</summary>
internal static class BenefitKind
{
    private static readonly ImportField PaymentDay = Fields.Day("payment_day", "payment day", "date paiement", "date de paiement");

    public static readonly ImportKind Kind = new(
        V1.Import.Types.Kind.Benefits,
        "benefit_line",
        [
            Fields.Reference, Fields.Contract, Fields.Product,
            new("category", FieldType.Code, true, ["category", "poste"]) { Codes = Codes.Category },
            new("act", FieldType.Text, false, ["act", "acte", "prs nat"]) { Default = "" },
            Fields.Code("basket", Codes.Basket, "none", "basket", "panier", "panier 100 sante"),
            Fields.Day("care_day", "care day", "date soins", "date de soins"), PaymentDay, Fields.Beneficiary, Fields.Age, Fields.Sex, Fields.Region, Fields.Individual, Fields.College,
            Fields.Code("level", Codes.Level, "base", "level", "niveau"),
            new("acts", FieldType.Count, true, ["acts", "nombre actes", "nombre d actes"]),
            Fields.Money("expenses", true, "expenses", "frais reels", "depense"), Fields.Money("compulsory_base", false, "compulsory base", "base ro", "brss"),
            Fields.Money("compulsory_paid", false, "compulsory paid", "remboursement ro", "part ro"), Fields.Money("benefit", true, "benefit", "prestation", "remboursement rc", "part rc"),
            Fields.Money("other_paid", false, "other paid", "autres remboursements"), Fields.Money("out_of_pocket", false, "out of pocket", "reste a charge", "rac"),
        ],
        Check)
    {
        PeriodField = PaymentDay,
    };

    private static readonly int Care = Place("care_day");
    private static readonly int Payment = Place("payment_day");
    private static readonly int Basket = Place("basket");
    private static readonly int Expenses = Place("expenses");
    private static readonly int Compulsory = Place("compulsory_paid");
    private static readonly int Benefit = Place("benefit");
    private static readonly int Other = Place("other_paid");
    private static readonly int OutOfPocket = Place("out_of_pocket");

    private static void Check(ReadLine line, Period period)
    {
        if (line.Number(Care) > line.Number(Payment))
            line.Fault("care_day", "CARE_DAY_AFTER_PAYMENT");
        if (line.Number(Expenses) is not { } expenses || line.Number(Benefit) is not { } benefit)
            return;

        // RAC = frais réels − RO − RC − autres.
        var left = expenses - (line.Number(Compulsory) ?? 0) - benefit - (line.Number(Other) ?? 0);
        if (!line.IsGiven(OutOfPocket))
            line.Set(OutOfPocket, left);
        else if (line.Number(OutOfPocket) is { } told && told != left)
            line.Warn("OUT_OF_POCKET_DIFFERS");
        if (left < 0 && expenses >= 0)
            line.Warn("OUT_OF_POCKET_NEGATIVE");
        else if (left > 0 && line.Code(Basket) == "class_a")
            line.Warn("CLASS_A_REMAINDER");
    }

    private static int Place(string name) => Kind.Fields.Select((field, place) => (field, place)).First(pair => pair.field.Name == name).place;
}
