using System.Diagnostics.CodeAnalysis;
using Delegation.Access.V1;
using Google.Protobuf.Reflection;

namespace Delegation.Persistence.Access;

/// <summary>The code under which databases keep a role or a side: its name in the contract, as <c>delegation_manager</c>.</summary>
public static class RoleCodes
{
    /// <summary>What a service's own client is, in place of a role.</summary>
    public const string System = "system";

    private const string Prefix = "ROLE_";

    private static readonly Dictionary<Role, string> Roles = AccessReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(Role)).Values
        .Where(value => value.Number != 0)
        .ToDictionary(value => (Role)value.Number, value => value.Name[Prefix.Length..].ToLowerInvariant());

    private static readonly Dictionary<string, Role> RolesByCode = Roles.ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>The code of a role of the closed list.</summary>
    /// <exception cref="KeyNotFoundException">The number stands for none.</exception>
    public static string Code(this Role role) => Roles[role];

    /// <summary>The code of a side.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number stands for none.</exception>
    public static string Code(this Side side) => side switch
    {
        Side.Insurer => "insurer",
        Side.Delegate => "delegate",
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    /// <summary>True for a role of the closed list; a caller may send any number.</summary>
    public static bool IsKnown(this Role role) => Roles.ContainsKey(role);

    /// <summary>The role of a code.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out Role role)
    {
        role = Role.Unspecified;
        return code is not null && RolesByCode.TryGetValue(code, out role);
    }

    /// <summary>The side of a code.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code stands for none.</exception>
    public static Side SideOf(string code) => code switch
    {
        "insurer" => Side.Insurer,
        "delegate" => Side.Delegate,
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };
}
