using System.Globalization;
using Delegation.Contracts.Negotiation;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>Why a command on a contract whose text is agreed is refused in the state of things.</summary>
internal static class ContractingRefusals
{
    public static readonly Outcome<ContractRow> NotAgreed = new Outcome<ContractRow>.Refused(
        "CONTRACT_NOT_AGREED",
        new("This contract is not about to be issued: it is a draft, given up, or was issued already.",
            "Ce contrat n'est pas à émettre : il est en projet, abandonné ou déjà émis."));

    public static readonly Outcome<ContractRow> AlreadySigned = new Outcome<ContractRow>.Refused(
        "CONTRACT_ALREADY_SIGNED", new("Your side signed this contract already.", "Votre partie a déjà signé ce contrat."));

    public static readonly Outcome<ContractRow> OutOfOrder = new Outcome<ContractRow>.Refused(
        "SIGNATURE_OUT_OF_ORDER",
        new("The other side signs first. Sign once it has.", "L'autre partie signe en premier. Signez après elle."));

    public static readonly Outcome<ContractRow> DocumentDiffers = new Outcome<ContractRow>.Refused(
        "CONTRACT_DOCUMENT_DIFFERS",
        new("This is not the hash of this contract's PDF. Download it again, and sign what you read.",
            "Ceci n'est pas l'empreinte du PDF de ce contrat. Téléchargez-le à nouveau et signez ce que vous avez lu."));

    public static readonly Outcome<ContractRow> NotInForce = new Outcome<ContractRow>.Refused(
        "CONTRACT_NOT_IN_FORCE", new("This is no contract in force.", "Ceci n'est pas un contrat en vigueur."));

    public static readonly Outcome<ContractRow> NotEndOfTerm = new Outcome<ContractRow>.Refused(
        "NOT_END_OF_TERM",
        new("No term of the contract ends on that day. Name the last day of a term, or end it with notice.",
            "Aucune période du contrat ne s'achève ce jour-là. Indiquez le dernier jour d'une période, ou résiliez avec préavis."));

    public static readonly Outcome<ContractRow> LastDayPassed = new Outcome<ContractRow>.Refused(
        "LAST_DAY_PASSED", new("The last day is over already.", "Le dernier jour est déjà passé."));

    public static readonly Outcome<ContractRow> TerminationAwaited = new Outcome<ContractRow>.Refused(
        "CONTRACT_TERMINATION_AWAITED",
        new("Your side agreed to these days already; the other side is awaited.", "Votre partie a déjà accepté ces dates ; l'autre partie est attendue."));

    public static readonly Outcome<ContractRow> NoTerminationProposed = new Outcome<ContractRow>.Refused(
        "NO_TERMINATION_PROPOSED", new("No termination waits for the consent of a side.", "Aucune résiliation n'attend l'accord d'une partie."));

    public static Outcome<T>? NotIssued<T>(ContractRow contract) => contract.IsIn(State.Issued, State.PartlySigned) ? null : new Outcome<T>.Refused(
        "CONTRACT_NOT_ISSUED", new("This contract does not wait for signatures.", "Ce contrat n'attend pas de signature."));

    public static Outcome<T> WithoutDocument<T>() => new Outcome<T>.Refused(
        "CONTRACT_NOT_ISSUED", new("This contract was not issued: it has no PDF.", "Ce contrat n'a pas été émis : il n'a pas de PDF."));

    public static Outcome<T> NotSigned<T>() => new Outcome<T>.Refused(
        "CONTRACT_NOT_SIGNED", new("Not both sides have signed this contract.", "Ce contrat n'est pas signé par les deux parties."));

    public static Outcome<ContractRow> Incomplete(IReadOnlyList<UnmetCondition> missing) => new Outcome<ContractRow>.Refused(
        "CONTRACT_INCOMPLETE", new("The contract lacks what it must have to be concluded.", "Il manque au contrat ce qu'il faut pour être conclu."), missing);

    public static Outcome<ContractRow> NoticeTooShort(DateOnly earliest) => new Outcome<ContractRow>.Refused(
        "NOTICE_TOO_SHORT",
        new($"The notice is too short: the last day is {DayField.Write(earliest)} at the earliest.",
            $"Le préavis est trop court : le dernier jour est au plus tôt le {French(earliest)}."));

    public static Outcome<ContractRow> NotEarlier(DateOnly last) => new Outcome<ContractRow>.Refused(
        "LAST_DAY_NOT_EARLIER",
        new($"The contract ends on {DayField.Write(last)} already; a notice names an earlier day.",
            $"Le contrat prend déjà fin le {French(last)} ; un préavis indique un jour antérieur."));

    public static Outcome<ContractRow> BeforeEffectiveDay(DateOnly effective) => new Outcome<ContractRow>.Refused(
        "LAST_DAY_BEFORE_EFFECTIVE_DAY",
        new($"The contract takes effect on {DayField.Write(effective)}; its last day is not before.",
            $"Le contrat prend effet le {French(effective)} ; son dernier jour ne précède pas cette date."));

    private static string French(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
