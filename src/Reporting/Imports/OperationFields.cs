using Delegation.Persistence.Stored;
using Kind = Delegation.Reporting.V1.Operation.Types.Kind;
using Outcome = Delegation.Reporting.V1.Operation.Types.Outcome;

namespace Delegation.Reporting.Imports;

/// <summary>What a line about an operation has, with the platform's own names for columns and codes, in English and in French.</summary>
internal static class OperationFields
{
    public static readonly ImportField Reference = new("reference", true, ["reference"]);

    public static readonly ImportField Kind = new("kind", true, ["kind", "nature"], Codes<Kind>(
        ("prestation noemie", V1.Operation.Types.Kind.ClaimNoemie), ("prestation hors noemie", V1.Operation.Types.Kind.ClaimOther), ("devis", V1.Operation.Types.Kind.Quote),
        ("prise en charge", V1.Operation.Types.Kind.HospitalCover), ("adhesion", V1.Operation.Types.Kind.Enrolment), ("carte", V1.Operation.Types.Kind.Card),
        ("paiement tiers payant", V1.Operation.Types.Kind.ProviderPayment), ("appel", V1.Operation.Types.Kind.Call), ("courriel", V1.Operation.Types.Kind.Email),
        ("courrier", V1.Operation.Types.Kind.Letter), ("reclamation", V1.Operation.Types.Kind.Complaint), ("resiliation", V1.Operation.Types.Kind.Termination),
        ("autre", V1.Operation.Types.Kind.Other)));

    public static readonly ImportField Receive = new("receive", true, ["receive", "reception"]);

    public static readonly ImportField Complete = new("complete", false, ["complete", "dossier complet"]);

    public static readonly ImportField Close = new("close", false, ["close", "cloture"]);

    public static readonly ImportField Outcome = new("outcome", false, ["outcome", "issue"], Codes<Outcome>(
        ("traite", V1.Operation.Types.Outcome.Processed), ("traitee", V1.Operation.Types.Outcome.Processed), ("refuse", V1.Operation.Types.Outcome.Refused),
        ("refusee", V1.Operation.Types.Outcome.Refused), ("sans suite", V1.Operation.Types.Outcome.Abandoned)));

    public static readonly ImportField Automated = new("automated", false, ["automated", "automatise"], new Dictionary<string, string>
    {
        ["yes"] = "yes", ["no"] = "no", ["oui"] = "yes", ["non"] = "no", ["true"] = "yes", ["false"] = "no", ["1"] = "yes", ["0"] = "no",
    });

    /// <summary>All of them, in the order of the cells of a mapped line.</summary>
    public static readonly IReadOnlyList<ImportField> All = [Reference, Kind, Receive, Complete, Close, Outcome, Automated];

    // The names of the contract, and the French ones.
    private static Dictionary<string, string> Codes<T>(params (string French, T Value)[] french)
        where T : struct, Enum
    {
        var codes = french.ToDictionary(code => code.French, code => code.Value.Stored());
        foreach (var value in Enum.GetValues<T>().Where(StoredNames.IsKnown))
            codes[value.Stored().Replace('_', ' ')] = value.Stored();
        return codes;
    }
}
