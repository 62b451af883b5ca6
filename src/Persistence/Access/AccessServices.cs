using Delegation.Persistence.Access;
using Delegation.Persistence.Archive;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Who may call a service.</summary>
public static class AccessServices
{
    /// <summary>
    /// Enforces the option <c>access</c> of the contract on every rpc that the process serves. Needs <c>AddServiceDefaults</c> before it
    /// and the data source of the role for requests. A process with an rpc that has no such option does not start.
    /// </summary>
    /// <exception cref="InvalidOperationException">The setting <c>Authentication:Authority</c> is missing.</exception>
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.AddTokenValidation();
        builder.Services.AddSingleton<AccessRules>();
        builder.Services.AddSingleton<Memberships>();
        builder.Services.AddSingleton<SystemClients>();
        builder.Services.AddSingleton<Audits>();
        builder.Services.AddSingleton<AuditReadLog>();
        builder.Services.AddSingleton<IStartupFilter, RulesBeforeStart>();
        // After the interceptor that turns refusals into answers, hence inside it.
        builder.Services.Configure<GrpcServiceOptions>(options =>
        {
            options.Interceptors.Add<AccessInterceptor>();
            options.Interceptors.Add<EndingDelegations>();
        });
    }

    /// <summary>Reads the rules once the endpoints are known and before the first call can come.</summary>
    private sealed class RulesBeforeStart : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            next(application);
            application.ApplicationServices.GetRequiredService<AccessRules>().Check();
        };
    }
}
