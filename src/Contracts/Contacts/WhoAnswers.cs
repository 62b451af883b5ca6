using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Answering = Delegation.Contracts.V1.SideContacts.Types.Answering;

namespace Delegation.Contracts.Contacts;

/// <summary>
/// Who of a side answers on a day: the main contact, in their absence the deputy, and nobody when both are away. Who is away is named all
/// the same, so that the other side sees for whom it would wait.
/// </summary>
internal static class WhoAnswers
{
    /// <summary>The contacts with what follows from the day.</summary>
    public static SideContacts On(DateOnly day, SideContacts contacts)
    {
        var (main, deputy) = (On(day, contacts.Main), On(day, contacts.Deputy));
        return new SideContacts
        {
            Main = main,
            Deputy = deputy,
            Answering = (main, deputy) switch
            {
                (null, _) => Answering.Unspecified,
                ({ Away: false }, _) => Answering.MainContact,
                (_, { Away: false }) => Answering.Deputy,
                _ => Answering.Nobody,
            },
        };
    }

    private static Contact? On(DateOnly day, Contact? contact) =>
        contact is null ? null : new Contact(contact) { Away = contact.Absences.Any(absence => Days(absence).Contains(day)) };

    private static Period Days(Absence absence) => Period.Read("", absence.StartDay, absence.EndDay, new List<FieldViolation>())
        ?? throw new InvalidOperationException("Absences are checked before they are kept.");
}
