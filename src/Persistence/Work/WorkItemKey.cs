using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Persistence.Access;

namespace Delegation.Persistence.Work;

/// <summary>Which work item: there is one for each kind of work, object and side.</summary>
/// <param name="Kind">What is to be done, as <c>scope.validate</c>.</param>
/// <param name="ObjectType">Kind of the object in lower snake case, as in its journal entries.</param>
/// <param name="ObjectId">The object.</param>
/// <param name="Side">Whom of the two parties it waits for.</param>
public sealed record WorkItemKey(string Kind, string ObjectType, Guid ObjectId, Side Side)
{
    /// <summary>The id that follows from the rest: who opens, changes or closes it needs to know nothing else.</summary>
    // UUID version 8: https://www.rfc-editor.org/rfc/rfc9562#section-5.8. Neither a code nor an id has a blank in it.
    public Guid Id
    {
        get
        {
            var id = SHA256.HashData(Encoding.UTF8.GetBytes($"work item {Kind} {ObjectType} {ObjectId} {Side.Code()}")).AsSpan(0, 16);
            id[6] = (byte)(0x80 | (id[6] & 0x0f));
            id[8] = (byte)(0x80 | (id[8] & 0x3f));
            return new Guid(id, bigEndian: true);
        }
    }
}
