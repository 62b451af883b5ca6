using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;

namespace Delegation.Contracts.Contacts;

/// <summary>The contacts of both sides of a delegation as the database keeps them.</summary>
internal sealed record ContactsRow(Guid ContactsId, string Insurer, string Delegate, long Revision)
{
    /// <summary>
    /// Those of a delegation for which nobody named any. Their etag is made with the id of the delegation, of which no revision is 0.
    /// </summary>
    public static ContactsRow None(Guid delegationId) => new(delegationId, "{}", "{}", 0);

    public string Etag => Persistence.Commands.Etag.Of(ContactsId, Revision);

    /// <summary>The same with other contacts of one side.</summary>
    /// <param name="side">Whose.</param>
    /// <param name="contacts">Those that it has since.</param>
    /// <param name="newId">Their id, where they had none before.</param>
    public ContactsRow With(Side side, SideContacts contacts, Guid newId)
    {
        var id = Revision == 0 ? newId : ContactsId;
        var text = JsonFormatter.Default.Format(contacts);
        return side == Side.Insurer
            ? this with { ContactsId = id, Insurer = text, Revision = Revision + 1 }
            : this with { ContactsId = id, Delegate = text, Revision = Revision + 1 };
    }

    public DelegationContacts ToMessage(Guid delegationId, DateOnly today) => new()
    {
        DelegationId = delegationId.ToString(),
        Day = DayField.Write(today),
        Insurer = WhoAnswers.On(today, ProtoJson.Read<SideContacts>(Insurer)),
        Delegate = WhoAnswers.On(today, ProtoJson.Read<SideContacts>(Delegate)),
        Etag = Etag,
    };

    // The generated text would put names and addresses into whatever prints a row.
    public override string ToString() => ContactsId.ToString();
}
