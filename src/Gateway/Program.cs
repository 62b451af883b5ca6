using Delegation.Gateway.Cors;
using Delegation.Gateway.Events;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Health;
using Delegation.Gateway.Limits;
using Delegation.Gateway.OpenApi;

// The gateway: GRPC_PORT passes every call of the contract on to its service, HTTP_PORT is the REST port.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddTokenValidation();
builder.AddRedisClient("redis");
builder.AddLimits();
builder.AddGrpcForwarding(PublicContract.Services);
builder.AddServiceHealth(PublicContract.Services);
builder.AddEvents(PublicContract.Services);

var app = builder.Build();
app.UseCorsOfSettings();
app.MapDefaultEndpoints();
app.MapApiDescription();
app.MapEvents();
app.MapGrpcForwarding(calls => calls.UseMiddleware<CallGuard>());
app.Run();
