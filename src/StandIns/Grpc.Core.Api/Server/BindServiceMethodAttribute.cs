using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>Tells a server how to find the methods of a generated service.</summary>
/// <param name="bindType">The type that announces them.</param>
/// <param name="bindMethodName">Its method that does.</param>
[AttributeUsage(AttributeTargets.Class)]
public class BindServiceMethodAttribute(
    [DynamicallyAccessedMembers(BindServiceMethodAttribute.Needed)] Type bindType, string bindMethodName) : Attribute
{
    // Servers look up the bind method, and the service's own methods for their attributes, by reflection.
    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicMethods
        | DynamicallyAccessedMemberTypes.NonPublicMethods
        | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>The type that announces the methods.</summary>
    [DynamicallyAccessedMembers(Needed)]
    public Type BindType { get; } = bindType;

    /// <summary>Its method that does.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
