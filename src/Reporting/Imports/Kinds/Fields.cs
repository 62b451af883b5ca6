namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Fields that several kinds have, and forms of fields.</summary>
internal static class Fields
{
    public static readonly ImportField Reference = new("reference", FieldType.Text, true, ["reference"]);

    public static readonly ImportField Contract = new("contract_reference", FieldType.Text, true, ["contract reference", "contrat", "reference contrat", "contratref"]);

    public static readonly ImportField Product = new("product", FieldType.Text, false, ["product", "produit", "offre"]) { Default = "" };

    public static readonly ImportField Individual = new("individual", FieldType.YesNo, true, ["individual", "individuel", "type contrat", "typecontrat"]) { Codes = Codes.Individual };

    public static readonly ImportField College = Code("college", Codes.College, "none", "college");

    public static readonly ImportField Beneficiary = Code("beneficiary_kind", Codes.Beneficiary, "unknown", "beneficiary kind", "type beneficiaire");

    public static readonly ImportField Age = Code("age_band", Codes.Age, "unknown", "age band", "tranche age", "tranche d age");

    public static readonly ImportField Sex = Code("sex", Codes.Sex, "unknown", "sex", "sexe");

    public static readonly ImportField Region = Code("region", Codes.Region, "unknown", "region");

    public static ImportField Code(string name, IReadOnlyDictionary<string, string> codes, string otherwise, params string[] headers) =>
        new(name, FieldType.Code, false, headers) { Codes = codes, Default = otherwise };

    public static ImportField Money(string name, bool isRequired, params string[] headers) => new(name, FieldType.Money, isRequired, headers);

    public static ImportField Count(string name, bool isRequired, params string[] headers) => new(name, FieldType.Count, isRequired, headers) { IsPositive = true };

    public static ImportField Day(string name, params string[] headers) => new(name, FieldType.Day, true, headers);

    public static ImportField Month(params string[] headers) => new("month", FieldType.Month, true, headers);
}
