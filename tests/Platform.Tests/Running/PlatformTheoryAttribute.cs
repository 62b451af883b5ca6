namespace Delegation.Platform.Tests.Running;

/// <summary>A theory that runs the platform: skipped by name at home, failed in CI, when what it needs is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlatformTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for what is missing.</summary>
    public PlatformTheoryAttribute() => Skip = PlatformFactAttribute.Missing;
}
