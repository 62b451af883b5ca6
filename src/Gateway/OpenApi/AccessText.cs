using System.Text.Json.Nodes;
using Delegation.Access.V1;
using Google.Protobuf;
using EnumDescriptor = Google.Protobuf.Reflection.EnumDescriptor;

namespace Delegation.Gateway.OpenApi;

/// <summary>Who may call a method, for programs (<c>x-access</c>) and in words: the option <c>access</c> of the contract.</summary>
internal sealed class AccessText(Comments comments)
{
    private static readonly EnumDescriptor Roles = AccessReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(Role));

    public static JsonNode Of(AccessRule rule) => JsonNode.Parse(JsonFormatter.Default.Format(rule))!;

    public string InWords(AccessRule rule)
    {
        var callers = new List<string>();
        if (rule.AnonymousOrganization)
            callers.Add("anybody with a valid token, for no organisation");
        if (rule.AnyRole)
            callers.Add($"every member of {InWords(rule.Side)}");
        if (rule.Roles.Count > 0)
            callers.Add($"in {InWords(rule.Side)}: {string.Join(", ", rule.Roles.Select(InWords))}");
        if (rule.System)
            callers.Add("the platform's own services");
        var both = rule.BothSides ? " The call records the consent of the caller's side and takes effect once both sides have given theirs." : "";
        return $"**Who may call**: {string.Join("; ", callers)}.{both}";
    }

    // "Administrator (administrateur): members, invitations …" names the role before the colon, or the whole sentence does.
    private string InWords(Role role) => comments.Summary(Roles.FindValueByNumber((int)role)).Split(':')[0];

    private static string InWords(Side side) => side switch
    {
        Side.Insurer => "an insurer",
        Side.Delegate => "a delegate",
        _ => "an insurer or a delegate",
    };
}
