using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Members;

/// <summary>A person of an organisation as the database keeps it; the codes of the roles with commas between them.</summary>
internal sealed record MemberRow(
    Guid OwnerId, Guid MemberId, Guid PersonId, string Issuer, string Subject, string DisplayName, string Email, string Phone, string Roles,
    DateTime CreateTime, long Revision)
{
    /// <summary>Somebody who belongs to an organisation from now on.</summary>
    public static MemberRow Joining(Guid organizationId, Person person, IReadOnlyList<string> roles, DateTimeOffset now) => new(
        organizationId, NewId.At(now), person.Id, person.Issuer, person.Subject, "", "", "", string.Join(',', roles), now.InMicroseconds(), 1);

    /// <summary>The roles as the contract names them.</summary>
    public IEnumerable<Role> RolesOfTheContract => Roles.Split(',').Select(code => RoleCodes.TryParse(code, out var role)
        ? role
        : throw new InvalidOperationException($"Member {MemberId} has the role {code}, which is none."));

    public bool IsAdministrator => RolesOfTheContract.Contains(Role.Administrator);

    public Member ToMessage() => new()
    {
        Id = MemberId.ToString(),
        PersonId = PersonId.ToString(),
        DisplayName = DisplayName,
        Email = Email,
        Phone = Phone,
        Roles = { RolesOfTheContract },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(MemberId, Revision),
    };

    // The generated text would put names and addresses into whatever prints a row.
    public override string ToString() => MemberId.ToString();
}
